package dev.symbolon.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.QuotedCSV;
import org.eclipse.jetty.util.InetAddressSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose word is taken for where a request comes from: {@code Forwarded} (RFC 7239) and {@code X-Forwarded-For} are
 * believed from the proxies that are named, and from nobody else. The address of the request becomes the last one in
 * the list that is none of theirs.
 *
 * <p>A proxy passes on the header that it does not know as the client wrote it, so of two that differ neither is
 * believed. What they say of scheme and host never matters, since the issuer decides all URLs.
 */
public final class TrustedProxies {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);
    private static final String KEY = TrustedProxies.class.getName();
    private static final String FORWARDED = "Forwarded";
    private static final String X_FORWARDED_FOR = "X-Forwarded-For";
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*\"?([^\";]*)");

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = OCTET + "(\\." + OCTET + "){3}";
    private static final String IPV6 = "(?=.*:.*:)[0-9A-Fa-f:.]+";
    private static final String NETWORK = "(" + IPV4 + "|" + IPV6 + ")(/\\d{1,3})?";
    /** RFC 7239 section 6; the older header has IPv6 addresses without brackets too. */
    private static final Pattern NODE =
            Pattern.compile("(?<address>" + IPV4 + "|\\[" + IPV6 + "])(:[A-Za-z0-9._-]+)?|" + IPV6);

    private final InetAddressSet proxies = new InetAddressSet();
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param proxies addresses, and networks such as {@code 10.0.0.0/8} or {@code 2001:db8::/32} */
    TrustedProxies(Set<String> proxies) {
        this.proxies.addAll(proxies);
    }

    /** Addresses and networks with commas between them; empty if the text is anything else. */
    public static Optional<Set<String>> parse(String text) {
        Set<String> all =
                text.isBlank() ? Set.of() : Set.copyOf(List.of(text.trim().split("\\s*,\\s*", -1)));
        try {
            boolean good = all.stream().allMatch(network -> network.matches(NETWORK));
            return good && (all.isEmpty() || new InetAddressSet().addAll(all)) ? Optional.of(all) : Optional.empty();
        } catch (IllegalArgumentException e) { // a prefix that is too long, or bits beyond it
            return Optional.empty();
        }
    }

    /** The IP address that the request comes from, an IPv6 one without brackets; found out once a request. */
    String addressOf(Context ctx) {
        String known = ctx.attribute(KEY);
        if (known == null) {
            String peer = ctx.req().getRemoteAddr();
            warnOfProxy(peer, ctx);
            known = proxies.isEmpty() && peer.indexOf(':') < 0
                    ? peer
                    : address(peer)
                            .map(address -> client(address, ctx).getHostAddress())
                            .orElse(peer);
            ctx.attribute(KEY, known);
        }
        return known;
    }

    /** Once: where nobody has thought of it, it goes wrong silently. */
    private void warnOfProxy(String peer, Context ctx) {
        if (proxies.isEmpty() && ctx.header(X_FORWARDED_FOR) != null && !told.getAndSet(true)) {
            LOG.warn(
                    "{} sends X-Forwarded-For: if it is a proxy of yours, name it in http.trusted-proxies, else those behind"
                            + " it are counted, and have to wait, as one",
                    peer);
        }
    }

    private InetAddress client(InetAddress peer, Context ctx) {
        if (!proxies.test(peer)) {
            return peer;
        }
        List<String> forwarded = values(ctx, FORWARDED);
        List<String> legacy = values(ctx, X_FORWARDED_FOR);
        InetAddress byForwarded =
                last(peer, forwarded.stream().map(TrustedProxies::node).toList());
        InetAddress byLegacy = last(peer, legacy);
        if (forwarded.isEmpty()) {
            return byLegacy;
        }
        return legacy.isEmpty() || byLegacy.equals(byForwarded) ? byForwarded : peer;
    }

    /** From the right, for as long as it is a proxy of ours that says so: for whom it cannot name, it stands itself. */
    private InetAddress last(InetAddress peer, List<String> nodes) {
        InetAddress last = peer;
        for (int i = nodes.size() - 1; i >= 0 && proxies.test(last); i--) {
            Optional<InetAddress> before = address(nodes.get(i));
            if (before.isEmpty()) {
                return last;
            }
            last = before.get();
        }
        return last;
    }

    /** The elements of a list that may be in several headers. */
    private static List<String> values(Context ctx, String header) {
        List<String> lines = Collections.list(ctx.req().getHeaders(header));
        return lines.isEmpty() ? lines : new ArrayList<>(new QuotedCSV(true, lines.toArray(String[]::new)).getValues());
    }

    private static String node(String element) {
        Matcher node = FOR.matcher(element);
        return node.find() ? node.group(1) : "unknown";
    }

    /** Of an address with or without a port; nothing has to be looked up for it. */
    private static Optional<InetAddress> address(String node) {
        Matcher matcher = NODE.matcher(node);
        try {
            return matcher.matches()
                    ? Optional.of(InetAddress.getByName(Objects.requireNonNullElse(matcher.group("address"), node)))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
