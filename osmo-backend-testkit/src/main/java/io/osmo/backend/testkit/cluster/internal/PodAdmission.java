// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What admission refuses of pods: until the service account of a new namespace is there, all of them; then those that violate
 * the level of the Pod Security Standards which the namespace enforces, of which {@code restricted} is known
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 */
final class PodAdmission {
    /** What the controller that makes service accounts takes, made long enough to be seen on virtual time. */
    private static final Duration SERVICE_ACCOUNT = Duration.ofSeconds(3);

    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    private PodAdmission() {}

    static void check(JsonNode pod, @Nullable JsonNode namespace, Instant now) {
        String name = pod.at("/metadata/name").asText();
        if (namespace == null) {
            return;
        }
        String of = namespace.at("/metadata/name").asText();
        if (now.isBefore(
                Instant.parse(namespace.at("/metadata/creationTimestamp").asText())
                        .plus(SERVICE_ACCOUNT))) {
            throw new ApiError(
                    403,
                    "Forbidden",
                    "pods \"" + name + "\" is forbidden: error looking up service account " + of
                            + "/default: serviceaccount \"default\" not found");
        }
        boolean restricted = namespace
                .at("/metadata/labels")
                .path("pod-security.kubernetes.io/enforce")
                .asText()
                .equals("restricted");
        List<String> violations = restricted ? violations(pod.path("spec")) : List.of();
        if (!violations.isEmpty()) {
            throw new ApiError(
                    403,
                    "Forbidden",
                    "pods \"" + name + "\" is forbidden: violates PodSecurity \"restricted:latest\": "
                            + String.join(", ", violations));
        }
    }

    private static List<String> violations(JsonNode spec) {
        List<String> violations = new ArrayList<>();
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (spec.path(host).asBoolean()) {
                violations.add("host namespaces (" + host + "=true)");
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            volume.fieldNames().forEachRemaining(field -> {
                if (!field.equals("name") && !VOLUMES.contains(field)) {
                    violations.add("restricted volume types (" + field + ")");
                }
            });
        }
        JsonNode ofPod = spec.path("securityContext");
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                container(container, ofPod, violations);
            }
        }
        return violations;
    }

    private static void container(JsonNode container, JsonNode ofPod, List<String> violations) {
        JsonNode own = container.path("securityContext");
        if (own.path("privileged").asBoolean()) {
            violations.add("privileged");
        }
        if (own.path("allowPrivilegeEscalation").asBoolean(true)) {
            violations.add("allowPrivilegeEscalation != false");
        }
        if (!"ALL".equals(own.at("/capabilities/drop/0").asText())) {
            violations.add("unrestricted capabilities (must drop \"ALL\")");
        }
        for (JsonNode added : own.at("/capabilities/add")) {
            if (!added.asText().equals("NET_BIND_SERVICE")) {
                violations.add("unrestricted capabilities (adds " + added.asText() + ")");
            }
        }
        if (!own.path("runAsNonRoot").asBoolean(ofPod.path("runAsNonRoot").asBoolean())) {
            violations.add("runAsNonRoot != true");
        }
        if (own.path("runAsUser").asLong(ofPod.path("runAsUser").asLong(1)) == 0) {
            violations.add("runAsUser=0");
        }
        String seccomp = own.at("/seccompProfile/type")
                .asText(ofPod.at("/seccompProfile/type").asText(""));
        if (!Set.of("RuntimeDefault", "Localhost").contains(seccomp)) {
            violations.add("seccompProfile (must be \"RuntimeDefault\" or \"Localhost\")");
        }
        for (JsonNode port : container.path("ports")) {
            if (port.path("hostPort").asInt() != 0) {
                violations.add("hostPort");
            }
        }
    }
}
