// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.service.ServiceTrust;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.values.OsmoValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Builds an {@link OsmoServiceClient}. Not safe for concurrent use. */
public final class OsmoServiceClientBuilder {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Pattern USER = Pattern.compile("//[^/@]*@");

    private String url = "";
    private @Nullable Secret token;
    private @Nullable String authorities;
    private Duration deadline = DEADLINE;
    private @Nullable Scheduler scheduler;
    private @Nullable OsmoValues declared;

    OsmoServiceClientBuilder() {}

    static OsmoServiceClientBuilder of(BackendSpec spec) {
        OsmoService osmo = spec.osmo()
                .orElseThrow(() -> new InvalidSpecException(List.of(new Violation(
                        "osmo",
                        Optional.of(Requirement.NW_2.id()),
                        "nothing",
                        "the OSMO service",
                        "Add osmo.serviceUrl and osmo.token to the spec."))));
        OsmoServiceClientBuilder builder = new OsmoServiceClientBuilder().url(osmo.serviceUrl());
        osmo.token().ifPresent(builder::token);
        osmo.release().ifPresent(release -> builder.declared(OsmoValues.of(spec)));
        return builder;
    }

    /** URL of the service for its users: scheme, host and optional port, such as {@code https://osmo.example.com}. Required. */
    public OsmoServiceClientBuilder url(String value) {
        url = value;
        return this;
    }

    /** Access token of a backend or of a user; fetched at each login. Default: none, and only the version can be read. */
    public OsmoServiceClientBuilder token(Secret value) {
        token = value;
        return this;
    }

    /** Certificate authorities to trust, in PEM. Default: those of the Java platform. */
    public OsmoServiceClientBuilder trust(String pem) {
        authorities = pem;
        return this;
    }

    /** Time limit of one call. Default: 30 seconds. */
    public OsmoServiceClientBuilder deadline(Duration value) {
        deadline = value;
        return this;
    }

    /** Source of time and threads; not closed by {@link OsmoServiceClient#close()}. Default: real time. */
    public OsmoServiceClientBuilder scheduler(Scheduler value) {
        scheduler = value;
        return this;
    }

    /** The values that the service must have for the backend; quoted in remedies if the service reads its configuration from a file. */
    public OsmoServiceClientBuilder declared(OsmoValues values) {
        declared = values;
        return this;
    }

    /**
     * Builds the client. Calls nothing.
     *
     * @throws InvalidSpecException if the URL, the certificate authorities or the deadline are not valid
     */
    public OsmoServiceClient build() {
        List<Violation> violations = new ArrayList<>();
        URI service = parse(violations);
        trust(violations);
        if (deadline.isNegative() || deadline.toMillis() == 0) {
            violations.add(violation("deadline", deadline.toString(), "1 ms or more", "Leave it out for 30 seconds."));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException("the client of the OSMO service", violations);
        }
        return new OsmoServiceClient(
                this, service, scheduler == null ? new SystemScheduler() : scheduler, scheduler == null);
    }

    Optional<Secret> token() {
        return Optional.ofNullable(token);
    }

    Optional<SSLContext> trust() {
        return Optional.ofNullable(authorities).map(ServiceTrust::of);
    }

    Duration deadline() {
        return deadline;
    }

    Optional<OsmoValues> declared() {
        return Optional.ofNullable(declared);
    }

    private void trust(List<Violation> violations) {
        try {
            trust();
        } catch (IllegalArgumentException e) {
            violations.add(violation(
                    "trust",
                    String.valueOf(e.getMessage()),
                    "certificates in PEM",
                    "Give the text of the file, which has lines BEGIN CERTIFICATE."));
        }
    }

    /** Requires TLS, because the token could be read in transit otherwise; except for the local host. */
    private URI parse(List<Violation> violations) {
        String plain = url.replaceFirst("/$", "");
        try {
            URI uri = new URI(plain);
            boolean usable = uri.getHost() != null
                    && ("https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost())));
            String origin = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            if (usable && plain.equals(origin)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Reported below, like any other invalid URL.
        }
        violations.add(violation(
                "url",
                USER.matcher(url).replaceFirst("//…@"),
                "https://host or https://host:port",
                "Write it like https://osmo.example.com."));
        return URI.create("https://invalid");
    }

    private static Violation violation(String path, String given, String allowed, String remedy) {
        return new Violation(path, Optional.of(Requirement.NW_2.id()), given, allowed, remedy);
    }
}
