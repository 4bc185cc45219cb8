package dev.symbolon.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Connections that have to go although they take themselves for valid: to H2, which a full disk closes and the next
 * connection opens again; to a PostgreSQL that has become a standby, where all that is written would fail for long.
 */
final class Eviction implements SQLExceptionOverride {
    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException e) {
        return Failures.isReadOnly(e) || Failures.isAwayOnH2(e)
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
