// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why an image could not be pulled, recognised by containerd's message that the kubelet reports. The first pattern that matches
 * counts; without a match the cause is {@link #OTHER}.
 */
public enum PullCause {
    RATE_LIMIT(
            "the registry limits how often it is asked",
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
    TLS(
            "the registry's certificate is not trusted",
            "x509:|\\btls:|certificate",
            true,
            "Install the certificate authority of the registry, or of the proxy in between, on the nodes."),
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

    /** What to do about it. */
    public String next() {
        return next;
    }
}
