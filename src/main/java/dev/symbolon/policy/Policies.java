package dev.symbolon.policy;

import dev.symbolon.policy.spi.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The policies there are: the built-in ones, and those on the class path. */
public final class Policies {
    private Policies() {}

    public static List<Policy> all() {
        List<Policy> policies = new ArrayList<>(List.of(new RequireLink(), new AllowAll()));
        ServiceLoader.load(Policy.class).forEach(policies::add);
        return policies;
    }
}
