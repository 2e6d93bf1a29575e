// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Requirement;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for the OSMO service and for registries (RG-*, SC-3, NW-2). */
final class OsmoRules {
    private static final Set<String> TAKEN_NAMESPACES =
            Set.of("default", "kube-system", "kube-public", "kube-node-lease");

    /** Names under which Docker Hub is also reached; pods name it {@code docker.io}, and credentials are looked up by that. */
    private static final Set<String> DOCKER_HUB_ALIASES =
            Set.of("index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com");

    /** Helm's own limit. */
    private static final int LONGEST_HELM_RELEASE = 53;

    /** A DNS name and a port. */
    private static final int LONGEST_REGISTRY = Syntax.SUBDOMAIN_LENGTH + 6;

    private static final Pattern REGISTRY =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[1-9]\\d{0,4})?");

    private final BackendSpec spec;
    private final Problems problems;

    private OsmoRules(BackendSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    static void check(BackendSpec spec, Problems problems) {
        OsmoRules rules = new OsmoRules(spec, problems);
        rules.pullSecrets(spec.pullSecrets());
        spec.osmo().ifPresent(rules::osmo);
    }

    private void pullSecrets(List<PullSecret> secrets) {
        Map<String, Integer> registries = new HashMap<>();
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < secrets.size(); i++) {
            PullSecret secret = secrets.get(i);
            String path = "pullSecrets[" + i + "]";
            registry(path + ".registry", secret.registry());
            Integer sameRegistry = registries.putIfAbsent(secret.registry(), i);
            if (sameRegistry != null) {
                problems.add(
                        path + ".registry",
                        Requirement.RG_3,
                        secret.registry(),
                        "one credential for each registry",
                        "Remove this one or pullSecrets[" + sameRegistry + "].");
            }
            username(path + ".username", secret);
            secretName(path + ".secretName", secret.secretName(), secret.registry());
            Integer sameName = names.putIfAbsent(secret.secretName(), i);
            if (sameName != null && sameRegistry == null) {
                problems.add(
                        path + ".secretName",
                        Requirement.RG_2,
                        secret.secretName(),
                        "a name that no other Secret has",
                        "Rename this one or that of pullSecrets[" + sameName + "].");
            }
        }
    }

    private void username(String path, PullSecret secret) {
        if (secret.username().isBlank()) {
            problems.add(
                    path,
                    Requirement.RG_2,
                    secret.username(),
                    "a user name",
                    "Name the user; registries that take only a token have a name for that.");
        } else if (secret.registry().equals("nvcr.io") && !secret.username().equals("$oauthtoken")) {
            problems.add(
                    path,
                    Requirement.RG_2,
                    secret.username(),
                    "$oauthtoken for nvcr.io",
                    "Use $oauthtoken, with an NGC API key as password.");
        }
    }

    private void secretName(String path, String name, String registry) {
        boolean derived = name.equals(PullSecret.defaultName(registry));
        if (!derived && !Syntax.isSubdomain(name)) {
            problems.add(path, Requirement.RG_2, name, Syntax.SUBDOMAIN_RULE, "Choose such a name, or leave it out.");
        }
        if (spec.osmo().map(OsmoService::tokenSecretName).filter(name::equals).isPresent()) {
            problems.add(
                    path,
                    Requirement.RG_2,
                    name,
                    "a name other than osmo.tokenSecretName",
                    "Rename it: both are in the operator's namespace.");
        }
    }

    private void registry(String path, String registry) {
        String allowed = "host or host:port, in lower case";
        if (DOCKER_HUB_ALIASES.contains(registry)) {
            problems.add(path, Requirement.RG_3, registry, "docker.io for Docker Hub", "Write docker.io.");
        } else if (registry.contains("://")) {
            problems.add(
                    path, Requirement.RG_3, registry, allowed, "Remove the scheme; registries are reached by https.");
        } else if (registry.contains("/")) {
            problems.add(
                    path,
                    Requirement.RG_3,
                    registry,
                    allowed,
                    "Remove the path; a credential is for a whole registry.");
        } else if (registry.length() > LONGEST_REGISTRY
                || !REGISTRY.matcher(registry).matches()
                || !portInRange(registry)) {
            problems.add(
                    path, Requirement.RG_3, registry, allowed, "Write it like nvcr.io or registry.example.com:5000.");
        }
    }

    private static boolean portInRange(String registry) {
        int colon = registry.indexOf(':');
        return colon < 0 || Integer.parseInt(registry.substring(colon + 1)) <= 65_535;
    }

    private void osmo(OsmoService osmo) {
        osmo.release()
                .filter(release -> OsmoReleases.of(release).isEmpty())
                .ifPresent(release -> problems.add(new Violation(
                        "osmo.release",
                        Optional.empty(),
                        Problems.show(release),
                        OsmoReleases.supported(),
                        "Name the release that the OSMO service runs, such as "
                                + String.join(" or ", OsmoReleases.examples()) + ".")));
        serviceUrl(osmo.serviceUrl());
        osmo.backendName()
                .filter(name -> !Syntax.isDnsLabel(name, Syntax.LABEL_LENGTH))
                .ifPresent(name -> problems.add(
                        "osmo.backendName",
                        Requirement.NW_2,
                        name,
                        "1 to 63 " + Syntax.DNS_LABEL_RULE,
                        "Choose such a name, or leave it out to use the spec's."));
        poolName(osmo);
        if (!Syntax.isSubdomain(osmo.helmRelease()) || osmo.helmRelease().length() > LONGEST_HELM_RELEASE) {
            problems.add(new Violation(
                    "osmo.helmRelease",
                    Optional.empty(),
                    Problems.show(osmo.helmRelease()),
                    "a Kubernetes name of at most " + LONGEST_HELM_RELEASE + " characters",
                    "Choose such a name, or leave it out."));
        }
        namespace("osmo.operatorNamespace", osmo.operatorNamespace());
        namespace("osmo.workflowNamespace", osmo.workflowNamespace());
        if (osmo.workflowNamespace().equals(osmo.operatorNamespace())) {
            problems.add(
                    "osmo.workflowNamespace",
                    Requirement.OP_5,
                    osmo.workflowNamespace(),
                    "a namespace other than osmo.operatorNamespace",
                    "Rename one; workflows must not see the operator's token.");
        }
        if (!Syntax.isSubdomain(osmo.tokenSecretName())) {
            problems.add(
                    "osmo.tokenSecretName",
                    Requirement.NW_2,
                    osmo.tokenSecretName(),
                    Syntax.SUBDOMAIN_RULE,
                    "Choose such a name, or leave it out.");
        }
    }

    /** OSMO derives the name of a queue, which is a label too, from namespace and pool. */
    private void poolName(OsmoService osmo) {
        String queue = "osmo-pool-" + osmo.workflowNamespace() + "-" + osmo.poolName();
        if (!Syntax.isDnsLabel(osmo.poolName(), Syntax.LABEL_LENGTH) || queue.length() > Syntax.LABEL_LENGTH) {
            problems.add(new Violation(
                    "osmo.poolName",
                    Optional.empty(),
                    Problems.show(osmo.poolName()),
                    Syntax.DNS_LABEL_RULE + ", with osmo-pool-<workflowNamespace>- before it 63 at most",
                    "Choose such a name, or a shorter osmo.workflowNamespace."));
        }
    }

    private void namespace(String path, String name) {
        if (!Syntax.isDnsLabel(name, Syntax.LABEL_LENGTH)) {
            problems.add(path, Requirement.RG_2, name, "1 to 63 " + Syntax.DNS_LABEL_RULE, "Choose such a name.");
        } else if (TAKEN_NAMESPACES.contains(name)) {
            problems.add(
                    path,
                    Requirement.RG_2,
                    name,
                    "a namespace of OSMO's own",
                    "Choose another; this one is Kubernetes'.");
        }
    }

    /** The operator keeps a path for logging in and drops it for WebSockets, so that any path breaks one of the two. */
    private void serviceUrl(String url) {
        String allowed = "https://host or https://host:port";
        URI uri = parse(url);
        if (uri == null || uri.getHost() == null || uri.getHost().isEmpty() || uri.getPort() > 65_535) {
            problems.add(
                    "osmo.serviceUrl",
                    Requirement.NW_2,
                    withoutUserInfo(url),
                    allowed,
                    url.isEmpty()
                            ? "Say where the OSMO service is, or leave out osmo altogether."
                            : "Write it like https://osmo.example.com.");
            return;
        }
        String fixed = "https://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        if (!"https".equals(uri.getScheme())) {
            problems.add(
                    "osmo.serviceUrl",
                    Requirement.SC_3,
                    withoutUserInfo(url),
                    allowed,
                    "Write " + fixed + "; without TLS the token would be sent unencrypted.");
        } else if (!url.equals(fixed)) {
            problems.add(
                    "osmo.serviceUrl",
                    Requirement.NW_2,
                    withoutUserInfo(url),
                    allowed,
                    "Write " + fixed + "; the operator breaks on anything more.");
        }
    }

    private static @Nullable URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** People paste credentials into URLs; they must not come back in messages. */
    private static String withoutUserInfo(String url) {
        return url.replaceFirst("//[^/]*@", "//…@").replaceFirst("\\?.*", "?…");
    }
}
