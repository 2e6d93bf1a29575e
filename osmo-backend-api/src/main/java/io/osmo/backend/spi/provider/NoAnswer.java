// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a call got no answer, by the exceptions of the JDK that all clients wrap. */
public enum NoAnswer {
    UNKNOWN_HOST("there is no host of that name"),
    CONNECTION_REFUSED("nothing accepts connections at that address"),
    UNREACHABLE("the address cannot be reached from this machine"),
    TIMEOUT("the connection was made, but no answer came in time"),
    CERTIFICATE_UNTRUSTED("the certificate is from an authority that this JVM does not trust"),
    CERTIFICATE_EXPIRED("the certificate is not valid at this time"),
    CERTIFICATE_NAME("the certificate is for another host"),
    NOT_TLS("what answers at that address does not speak TLS"),
    TLS_FAILED("the TLS handshake failed"),
    CONNECTION_LOST("the connection was lost");

    private static final int DEEPEST = 20;
    private static final String JDK =
            "https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/net/package-summary.html";
    private static final String TLS =
            "https://docs.oracle.com/en/java/javase/17/security/java-secure-socket-extension-jsse-reference-guide.html";

    private final String words;

    NoAnswer(String words) {
        this.words = words;
    }

    /** Code for an {@link ErrorTable}, such as {@code UNKNOWN-HOST}; no vendor uses it. */
    public String code() {
        return name().replace('_', '-');
    }

    /** The reason for a failure; {@link #CONNECTION_LOST} if it cannot be determined. */
    public static NoAnswer of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        // A handshake that nothing answers is a TLS failure to the JDK, and no more than a timeout to whoever looks for
        // the reason.
        boolean timedOut = chain.stream().anyMatch(SocketTimeoutException.class::isInstance);
        Optional<NoAnswer> tls = chain.stream()
                .filter(e -> e instanceof SSLException && !timedOut)
                .map(e -> ofTls(chain))
                .findFirst();
        return tls.or(() -> chain.stream()
                        .map(NoAnswer::ofConnection)
                        .flatMap(Optional::stream)
                        .findFirst())
                .orElse(CONNECTION_LOST);
    }

    /** Whether a failure or one of its causes is an exception of the JDK about connections. */
    public static boolean isReason(Throwable failure) {
        return chain(failure).stream()
                .anyMatch(e -> e instanceof java.io.IOException
                        || e instanceof TimeoutException
                        || e instanceof UnresolvedAddressException);
    }

    /** Whether a failure says that no connection could be made, which holds for every other call to the same host. */
    static boolean isUnreachable(CloudException failure) {
        return Arrays.stream(values())
                .filter(reason -> reason != TIMEOUT && reason != CONNECTION_LOST)
                .anyMatch(reason -> reason.code().equals(failure.code()));
    }

    private static NoAnswer ofTls(List<Throwable> chain) {
        for (Throwable e : chain) {
            if (e instanceof CertificateExpiredException || e instanceof CertificateNotYetValidException) {
                return CERTIFICATE_EXPIRED;
            }
        }
        for (Throwable e : chain) {
            if (e instanceof CertPathBuilderException || e instanceof CertPathValidatorException) {
                return CERTIFICATE_UNTRUSTED;
            }
        }
        String all =
                String.join(" ", chain.stream().map(NoAnswer::message).toList()).toLowerCase(Locale.ROOT);
        if (all.contains("connection reset") || all.contains("broken pipe")) {
            return CONNECTION_LOST;
        }
        if (all.contains("no subject alternative") || all.contains("no name matching")) {
            return CERTIFICATE_NAME;
        }
        if (all.contains("unrecognized ssl message")
                || all.contains("not an ssl/tls record")
                || all.contains("plaintext")) {
            return NOT_TLS;
        }
        boolean certificate = chain.stream().anyMatch(java.security.cert.CertificateException.class::isInstance);
        return certificate ? CERTIFICATE_UNTRUSTED : TLS_FAILED;
    }

    private static Optional<NoAnswer> ofConnection(Throwable e) {
        if (e instanceof UnknownHostException || e instanceof UnresolvedAddressException) {
            return Optional.of(UNKNOWN_HOST);
        }
        boolean connecting = message(e).toLowerCase(Locale.ROOT).contains("connect");
        if (e instanceof NoRouteToHostException
                || e instanceof HttpConnectTimeoutException
                || e instanceof SocketTimeoutException && connecting) {
            return Optional.of(UNREACHABLE);
        }
        if (e instanceof ConnectException) {
            return e.getCause() == null || e.getCause() == e || !isTold(e.getCause())
                    ? Optional.of(message(e).contains("timed out") ? UNREACHABLE : CONNECTION_REFUSED)
                    : Optional.empty();
        }
        if (e instanceof SocketTimeoutException || e instanceof HttpTimeoutException || e instanceof TimeoutException) {
            return Optional.of(TIMEOUT);
        }
        return Optional.empty();
    }

    /** The JDK's HTTP client wraps an unresolved name and a timeout in a {@code ConnectException} of its own. */
    private static boolean isTold(Throwable cause) {
        return chain(cause).stream().anyMatch(e -> ofConnection(e).isPresent());
    }

    /** What happened, as a part of a sentence, with the message of the innermost exception that has one. */
    public String describe(Throwable failure) {
        List<Throwable> chain = chain(failure);
        String said = "";
        for (Throwable e : chain) {
            said = message(e).isBlank() ? said : message(e);
        }
        return "no answer: " + words + (said.isBlank() ? "" : " (" + said + ")");
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? "" : e.getMessage();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable e = failure; e != null && chain.size() < DEEPEST; e = e.getCause()) {
            chain.add(e);
        }
        return chain;
    }

    /**
     * The rows for calls without an answer, the same for all clouds.
     *
     * @param host what to check when there is no host of that name, such as {@code the name of the region}
     * @param endpoint what sets the address, such as {@code AWS_ENDPOINT_URL}
     * @param status where the vendor reports outages
     */
    public static List<ErrorRow> rows(String host, String endpoint, String status) {
        return Arrays.stream(values())
                .map(reason -> reason.row(host, endpoint, status))
                .toList();
    }

    private ErrorRow row(String host, String endpoint, String status) {
        ErrorRow.Rest means = ErrorRow.codes(code()).means(CloudError.UNAVAILABLE);
        return switch (this) {
            case UNKNOWN_HOST ->
                means.minutes(2)
                        .remedy("Check " + host + ", the address in " + endpoint
                                + ", and whether this machine resolves names (DNS, VPN, proxy).")
                        .source(JDK);
            case CONNECTION_REFUSED ->
                means.minutes(2)
                        .remedy("Check the address in " + endpoint
                                + ", and whether a firewall or proxy refuses the connection.")
                        .source(JDK);
            case UNREACHABLE ->
                means.minutes(5)
                        .remedy(
                                "Check that this machine reaches the address: network, VPN, firewall, and the proxy that Java uses"
                                        + " (https.proxyHost); the address can be set in " + endpoint + ".")
                        .source(JDK);
            case TIMEOUT ->
                means.remedy("Check proxies and firewalls on the way and " + status + ", then apply again.")
                        .source(JDK);
            case CERTIFICATE_UNTRUSTED ->
                means.never()
                        .remedy(
                                "If a proxy intercepts TLS connections, add its certificate authority to Java's trust store"
                                        + " (javax.net.ssl.trustStore); otherwise check the address in " + endpoint
                                        + ".")
                        .source(TLS);
            case CERTIFICATE_EXPIRED ->
                means.never()
                        .remedy("Check the clock of this machine, then the certificate at the address in " + endpoint
                                + ".")
                        .source(TLS);
            case CERTIFICATE_NAME ->
                means.never()
                        .remedy("In " + endpoint
                                + ", use a host name that the certificate is valid for; also check that no proxy answers"
                                + " instead.")
                        .source(TLS);
            case NOT_TLS ->
                means.never()
                        .remedy("Check scheme and port of the address in " + endpoint
                                + ": https needs a port that speaks TLS.")
                        .source(TLS);
            case TLS_FAILED ->
                means.never()
                        .remedy("Check that proxies and firewalls let TLS 1.2 and 1.3 through to the address in "
                                + endpoint + ".")
                        .source(TLS);
            case CONNECTION_LOST ->
                means.remedy("Apply again to resume; if it happens again, check proxies and firewalls on the way and "
                                + status + ".")
                        .source(JDK);
        };
    }
}
