package dev.symbolon;

import dev.symbolon.account.AccountEndpoint;
import dev.symbolon.authorize.AuthorizationEndpoint;
import dev.symbolon.authorize.ResourceOwners;
import dev.symbolon.cli.Administration;
import dev.symbolon.cli.Cli;
import dev.symbolon.client.ClientAuthenticator;
import dev.symbolon.config.Config;
import dev.symbolon.device.DeviceAuthorizationEndpoint;
import dev.symbolon.device.DeviceEndpoint;
import dev.symbolon.door.DoorEndpoint;
import dev.symbolon.http.Cors;
import dev.symbolon.http.Json;
import dev.symbolon.http.Listener;
import dev.symbolon.http.OAuthError;
import dev.symbolon.http.Tls;
import dev.symbolon.introspect.IntrospectionEndpoint;
import dev.symbolon.metadata.Metadata;
import dev.symbolon.ops.Health;
import dev.symbolon.ops.Logging;
import dev.symbolon.ops.Metrics;
import dev.symbolon.ops.RequestLog;
import dev.symbolon.page.Assets;
import dev.symbolon.page.Pages;
import dev.symbolon.page.ScopeTexts;
import dev.symbolon.password.BusyException;
import dev.symbolon.password.PasswordHasher;
import dev.symbolon.policy.NoDecisionException;
import dev.symbolon.revoke.RevocationEndpoint;
import dev.symbolon.session.Browsers;
import dev.symbolon.session.LogoutEndpoint;
import dev.symbolon.store.Database;
import dev.symbolon.token.AuthorizationCodeGrant;
import dev.symbolon.token.AuthorizationCodes;
import dev.symbolon.token.ClientCredentialsGrant;
import dev.symbolon.token.DeviceCodeGrant;
import dev.symbolon.token.DeviceCodes;
import dev.symbolon.token.FosTokenEndpoint;
import dev.symbolon.token.Grant;
import dev.symbolon.token.PasswordGrant;
import dev.symbolon.token.RefreshTokenGrant;
import dev.symbolon.token.TokenEndpoint;
import dev.symbolon.token.TokenIssuer;
import dev.symbolon.token.TokenResponse;
import dev.symbolon.token.TokenRotation;
import dev.symbolon.user.UserAuthenticator;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that knows every class: read it top to bottom as the table of contents. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** See {@link Thread}. */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    /** See {@link java.net.InetAddress}; in seconds. */
    private static final String ADDRESSES = "networkaddress.cache.ttl";

    private Main() {}

    public static void main(String[] arguments) {
        shareOneCore();
        followFailovers();
        if (Cli.serves(List.of(arguments))) {
            var warmUp = new Thread(Main::warmUp, "warm-up");
            warmUp.setDaemon(true);
            warmUp.start();
        }
        int status = new Cli(Main::start, Clock.systemUTC()).run(List.of(arguments));
        Logging.stop(); // what it was told last would be lost
        System.exit(status);
    }

    /**
     * On one core Java has one thread run all virtual ones, and that may stay for seconds with those that go on among
     * themselves, while others wait to begin. With two the system sees to it that they take turns. As early as this,
     * since it is read when the first of them begins; what the operator says of it wins.
     */
    private static void shareOneCore() {
        if (Runtime.getRuntime().availableProcessors() == 1 && System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, "2");
        }
    }

    /** By name: a database that has moved is at another address, which Java would ask for after half a minute. */
    private static void followFailovers() {
        if (Security.getProperty(ADDRESSES) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
            Security.setProperty(ADDRESSES, "2");
        }
    }

    /**
     * Starts the service on an opened database; port 0 picks a free one. Tests start it this way too.
     *
     * @return owns {@code admin} from now on
     */
    public static Service start(Administration admin) {
        Config config = admin.config();
        Database database = admin.database();
        var issuer = new CompletableFuture<String>(); // it may hold the port, which is known once it is bound

        var clients =
                new ClientAuthenticator(admin.clients(), database, admin.hasher(), admin.attempts(), admin.clock());
        var users = new UserAuthenticator(
                database, admin.hasher(), admin.attempts(), config.policy().discloseDenial(), admin.clock());
        var tokenIssuer = new TokenIssuer(database, config.token());
        var rotation = new TokenRotation(database, tokenIssuer, config.token());
        var codes = new AuthorizationCodes(database, config.token().codeTtl(), admin.clock());
        var deviceCodes = new DeviceCodes(database, config.device(), admin.clock());
        List<Grant> grants = List.of(
                new ClientCredentialsGrant(tokenIssuer),
                new PasswordGrant(users, tokenIssuer),
                new RefreshTokenGrant(admin.tokens(), rotation, null),
                new AuthorizationCodeGrant(codes, users, tokenIssuer),
                new DeviceCodeGrant(deviceCodes, users, tokenIssuer));
        var token =
                new TokenEndpoint(clients, grants, admin.gate(), config.policy().discloseDenial(), admin.clock());
        var fos = new FosTokenEndpoint(token, clients, admin.clients());
        var door = new DoorEndpoint(
                admin.doors(), clients, token, users, tokenIssuer, admin.tokens(), rotation, admin.clock());
        Tls tls = tls(config.http().tls());
        boolean https = config.issuer() == null ? tls != null : config.issuer().startsWith("https:");
        var pages = new Pages(https);
        var browsers = new Browsers(admin.sessions(), config.limits().knownFor(), https);
        var owners = new ResourceOwners(
                users, admin.sessions(), admin.gate(), config.policy().discloseDenial());
        var scopeTexts = new ScopeTexts(config.consent().scopes());
        var authorization = new AuthorizationEndpoint(
                admin.clients(),
                owners,
                browsers,
                admin.consents(),
                codes,
                pages,
                scopeTexts,
                issuer::join,
                admin.clock());
        var deviceAuthorization = new DeviceAuthorizationEndpoint(clients, deviceCodes, issuer::join);
        var device = new DeviceEndpoint(admin.clients(), owners, browsers, deviceCodes, pages, scopeTexts);
        var account = new AccountEndpoint(
                database,
                users,
                admin.users(),
                admin.sessions(),
                browsers,
                admin.consents(),
                pages,
                scopeTexts,
                admin.clock());
        var logout = new LogoutEndpoint(browsers, pages);
        var assets = new Assets();
        var introspection = new IntrospectionEndpoint(clients, admin.tokens(), issuer::join);
        var revocation = new RevocationEndpoint(clients, admin.tokens());
        var metadata = new Metadata.Endpoint(
                issuer::join, grants.stream().map(Grant::type).toList());
        var cors = new Cors((ctx, origin) -> admin.clients().haveOrigin(origin));
        var health = new Health(database);
        var metrics = new Metrics(database, admin.hasher(), admin.gate());
        Consumer<Context> answered = ctx -> {
            metrics.answered(ctx);
            RequestLog.answered(ctx);
        };

        Javalin oauth = Listener.create(
                config.http().host(), config.http().port(), tls, config.http().trustedProxies(), answered, routes -> {
                    for (String page : List.of("/oauth/v2/auth", "/device", "/account", "/logout")) {
                        routes.before(page, pages::withoutSlash);
                    }
                    routes.get("/oauth/v2/auth", authorization::get);
                    routes.post("/oauth/v2/auth", authorization::post);
                    routes.post("/oauth/v2/device_authorization", deviceAuthorization::handle);
                    routes.get("/device", device::get);
                    routes.post("/device", device::post);
                    routes.get("/account", account::get);
                    routes.post("/account", account::post);
                    routes.get("/logout", logout::get);
                    routes.post("/logout", logout::post);
                    routes.get("/assets/style.css", assets::style);
                    routes.get("/assets/submit.js", assets::submit);
                    if (config.compat().fos()) {
                        routes.post("/oauth/v2/token", fos::post);
                        routes.get("/oauth/v2/token", fos::get);
                    } else {
                        routes.post("/oauth/v2/token", token::handle);
                    }
                    routes.post("/door/{name}/token", door::handle);
                    routes.post("/oauth/v2/introspect", introspection::handle);
                    routes.post("/oauth/v2/revoke", revocation::handle);
                    routes.get(Metadata.path(config.issuer()), metadata::handle);
                    cors.allow(routes, "/oauth/v2/token", HandlerType.POST);
                    cors.allow(routes, "/oauth/v2/revoke", HandlerType.POST);
                    cors.allow(routes, Metadata.path(config.issuer()), HandlerType.GET);
                    new Cors(door::isOpenTo).allow(routes, "/door/{name}/token", HandlerType.POST);
                    refusals(routes);
                });
        Javalin management = Listener.create(
                config.management().host(), config.management().port(), null, Set.of(), ctx -> {}, routes -> {
                    routes.get("/health/live", health::live);
                    routes.get("/health/ready", health::ready);
                    routes.get("/metrics", metrics::scrape);
                });
        return Service.start(admin, oauth, tls, management, health, metrics, issuer);
    }

    private static @Nullable Tls tls(Config.Tls config) {
        Path certificate = config.certificate();
        Path privateKey = config.privateKey();
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalStateException("http.tls.certificate and http.tls.private-key are needed both");
        }
        return certificate == null || privateKey == null ? null : new Tls(certificate, privateKey);
    }

    /** Loads classes that the start and the first request need, while the start itself opens the database. */
    private static void warmUp() {
        Listener.warmUp();
        Metrics.warmUp();
        Json.MAPPER.valueToTree(new TokenResponse("", "", 0, null, ""));
        try (var hasher = new PasswordHasher(4)) {
            hasher.hash("-");
        }
    }

    /** How what the features throw is answered. */
    private static void refusals(RoutesConfig routes) {
        routes.exception(
                BusyException.class, (busy, ctx) -> OAuthError.unavailable(busy).render(ctx));
        routes.exception(
                NoDecisionException.class,
                (none, ctx) -> OAuthError.unavailable(none).render(ctx));
        routes.exception(JdbiException.class, (failure, ctx) -> {
            if (Database.isUnavailable(failure)) {
                LOG.warn("the database is away: {}", failure.getMessage());
                OAuthError.unavailable(failure).render(ctx);
            } else {
                Listener.fault(failure, ctx);
            }
        });
    }
}
