package dev.symbolon.attempt;

import dev.symbolon.config.Config;
import dev.symbolon.limit.RecentlyUsed;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From where clients have shown their secrets to this process, so that whether one has to wait need not be looked up at
 * each of its requests: not for a quarter of the time for which it is known there, unless a secret of it fails.
 */
final class Familiar {
    private static final int MOST = 10_000;

    private final Config.Limits config;

    /** By client and network, until when. */
    private final Map<String, Instant> shown = RecentlyUsed.map(MOST);

    /** By client and place, when a secret failed last. As many as clients have places. */
    private final Map<String, Map<UUID, Instant>> failed = new ConcurrentHashMap<>();

    Familiar(Config.Limits config) {
        this.config = config;
    }

    boolean contains(String clientId, String address, Instant now) {
        Instant until = shown.get(key(clientId, address));
        return until != null && now.isBefore(until) && !hasFailed(clientId, address, now);
    }

    private boolean hasFailed(String clientId, String address, Instant now) {
        Map<UUID, Instant> places = failed.get(clientId);
        Instant last =
                places == null ? null : places.get(Origin.address(address).place());
        return last != null && now.isBefore(last.plus(config.longestWait()));
    }

    void succeeded(String clientId, String address, Instant now) {
        shown.put(key(clientId, address), now.plus(config.knownFor().dividedBy(4)));
    }

    void failed(String clientId, String address, Instant now) {
        failed.computeIfAbsent(clientId, client -> new ConcurrentHashMap<>())
                .put(Origin.address(address).place(), now);
    }

    private static String key(String clientId, String address) {
        return clientId + ' ' + Origin.network(address);
    }
}
