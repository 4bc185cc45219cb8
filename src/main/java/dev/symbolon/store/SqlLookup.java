package dev.symbolon.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jdbi.v3.core.extension.annotation.UseExtensionHandler;

/**
 * A statement that finds records for a request that waits: as {@code SqlQuery}, with an {@code Optional} for the one row
 * there may be, or a {@code List}. What Jdbi would find out anew at each call, in more time than the database takes for
 * the answer, is found out once. A collection of ids or words is bound as an array, for {@code = ANY(:ids)}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@UseExtensionHandler(id = "SQL_OBJECT", value = Lookup.class)
public @interface SqlLookup {
    /** The statement, with named parameters that are those of the method. */
    String value();
}
