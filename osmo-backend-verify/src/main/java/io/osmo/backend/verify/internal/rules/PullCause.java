// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why an image could not be pulled, recognized by containerd's message that the kubelet reports. The first pattern that matches
 * counts; without a match the cause is {@link #OTHER}.
 */
public enum PullCause {
    RATE_LIMIT(
            "the registry limits the rate of requests",
            "toomanyrequests|\\b429\\b|rate limit",
            false,
            "Pull with a credential, or from a mirror."),
    PLATFORM(
            "the image does not exist for the architecture of the nodes",
            "no match for platform|exec format error|no matching manifest",
            true,
            "Use an image that was built for this architecture too."),
    DNS(
            "the registry's name cannot be resolved",
            "no such host|server misbehaving|lookup [^ ]+( on [^ ]+)?: ",
            false,
            "Make the name resolvable on nodes: check DNS servers, private zones, and firewalls on port 53."),
    TLS_VERSION(
            "the registry and the node have no version of TLS in common",
            "protocol version not supported|unsupported protocol version|tls: handshake failure|no supported versions"
                    + "|no cipher suite",
            true,
            "Enable TLS 1.2 or 1.3 at the registry, or at the proxy in between."),
    PLAIN_HTTP(
            "the registry answers without TLS",
            "server gave http response to https client|first record does not look like a tls handshake",
            true,
            "Serve the registry with TLS, or correct its port; or declare it insecure in containerd's hosts.toml on the nodes."),
    EXPIRED(
            "the registry's certificate has expired, or is not valid yet",
            "certificate has expired or is not yet valid",
            true,
            "Renew the certificate of the registry; if it is valid, synchronize the clocks of the nodes."),
    WRONG_NAME(
            "the registry's certificate is for another name",
            "x509: certificate is (not )?valid for|doesn't contain any ip sans|cannot validate certificate for",
            true,
            "Use a name that the certificate has, or serve a certificate with this one."),
    TLS(
            "the registry's certificate is not trusted",
            "x509:|\\btls: (?!.*timeout)|certificate",
            true,
            "Install the certificate authority of the registry, or of the proxy in between, on the nodes."),
    DISK(
            "the node's disk is full",
            "no space left on device",
            true,
            "Free the disk of the node, or give the pool a larger one."),
    CREDENTIAL(
            "the registry rejects these credentials",
            "\\b401\\b|\\b403\\b|unauthorized|forbidden|denied|authentication required|authorization failed",
            true,
            "Supply an image pull secret with a credential that can read this repository."),
    NOT_FOUND(
            "the registry has no such image",
            "not found|manifest unknown|\\b404\\b|invalid reference|couldn't parse image",
            true,
            "Correct the image's name and tag."),
    TIMEOUT(
            "the registry did not answer in time",
            "timeout|timed out|deadline exceeded",
            false,
            "Make the registry reachable: check NAT, routes, firewalls and proxies."),
    REFUSED(
            "the connection to the registry was refused or reset",
            "refused|reset by peer|no route to host|network is unreachable|\\beof\\b",
            false,
            "Make the registry reachable: check NAT, routes, firewalls and proxies."),
    SERVER(
            "the registry answers with an error of its own",
            "\\b50[0234]\\b|internal server error|bad gateway|service unavailable",
            false,
            "Look at the state of the registry, and at the proxy in between."),
    OTHER("the image could not be pulled", "", false, "Read the kubelet's message.");

    /** Reasons for which a container waits if its image could not be pulled. */
    private static final Set<String> FAILURES = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");

    /** The query of a URL may hold a signature that grants access, such as to a layer in a bucket. */
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?\"]+)\\?[^\\s\"]*");

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final String phrase;
    private final Pattern pattern;
    private final boolean lasting;
    private final String next;

    PullCause(String phrase, String pattern, boolean lasting, String next) {
        this.phrase = phrase;
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        this.lasting = lasting;
        this.next = next;
    }

    public static PullCause of(String message) {
        return Arrays.stream(values())
                .filter(cause -> cause.pattern.matcher(message).find())
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * The kubelet's message about an image that it could not pull; empty when the container waits for something else.
     *
     * @param reason why the container waits, as Kubernetes names it
     */
    public static String refusal(String reason, String message) {
        return FAILURES.contains(reason) ? message.isEmpty() ? reason : withoutQueries(message) : "";
    }

    /** A message with the queries of its URLs removed. */
    public static String withoutQueries(String message) {
        return QUERY.matcher(message).replaceAll("$1?…");
    }

    /** In words. */
    public String phrase() {
        return phrase;
    }

    /** Whether a retry cannot help. */
    public boolean lasting() {
        return lasting;
    }

    /**
     * How long to wait for a pod that is refused for this cause. Kubelets retry after 10 s and then after 20 s, so this also covers a name
     * that does not exist, a port that refuses, and a host that drops packets, which takes 30 s to be reported.
     */
    public Duration patience() {
        return lasting
                ? Duration.ZERO
                : switch (this) {
                    case TIMEOUT -> Duration.ofSeconds(10);
                    case DNS, REFUSED, RATE_LIMIT -> Duration.ofSeconds(20);
                    case SERVER -> Duration.ofMinutes(1);
                    default -> FOR_EVER;
                };
    }

    /** What to do about it. */
    public String next() {
        return next;
    }
}
