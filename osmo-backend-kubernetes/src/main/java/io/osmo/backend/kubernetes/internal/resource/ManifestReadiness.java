// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.osmo.backend.spi.Readiness;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When an object of a manifest is ready for what comes after it. Pure. */
public final class ManifestReadiness {
    private ManifestReadiness() {}

    public static Readiness of(HasMetadata observed) {
        if (observed instanceof Deployment deployment) {
            return rolledOut(deployment);
        }
        if (observed instanceof DaemonSet daemonSet) {
            return rolledOut(daemonSet);
        }
        if (!(observed instanceof GenericKubernetesResource object)) {
            return Readiness.ready();
        }
        return switch (object.getKind()) {
            case "CustomResourceDefinition" -> established(object);
            case "StatefulSet" -> replicas(object);
            case "Job" -> completed(object);
            case "APIService" ->
                conditionOf(object, "Available").filter(c -> isTrue(c)).isPresent()
                        ? Readiness.ready()
                        : Readiness.pending("not available" + reason(conditionOf(object, "Available")));
            case "Namespace" ->
                "Terminating".equals(status(object).get("phase")) ? Readiness.deleting() : Readiness.ready();
            default -> Readiness.ready();
        };
    }

    private static Readiness established(GenericKubernetesResource definition) {
        if (conditionOf(definition, "Established").filter(c -> isTrue(c)).isPresent()) {
            return Readiness.ready();
        }
        Optional<Map<?, ?>> names = conditionOf(definition, "NamesAccepted");
        return names.filter(c -> "False".equals(c.get("status"))).isPresent()
                ? Readiness.failed("its names are not accepted" + reason(names))
                : Readiness.pending("not established yet");
    }

    private static Readiness completed(GenericKubernetesResource job) {
        if (conditionOf(job, "Complete").filter(c -> isTrue(c)).isPresent()) {
            return Readiness.ready();
        }
        Optional<Map<?, ?>> failed = conditionOf(job, "Failed").filter(c -> isTrue(c));
        return failed.isPresent()
                ? Readiness.failed("the job failed" + reason(failed))
                : Readiness.pending("not completed yet");
    }

    private static Readiness replicas(GenericKubernetesResource set) {
        int wanted =
                number(((Map<?, ?>) set.getAdditionalProperties().getOrDefault("spec", Map.of())).get("replicas"), 1);
        int ready = number(status(set).get("readyReplicas"), 0);
        int updated = number(status(set).get("updatedReplicas"), 0);
        Object generation = status(set).get("observedGeneration");
        return seen(set, generation instanceof Number number ? number.longValue() : null)
                        && ready >= wanted
                        && updated >= wanted
                ? Readiness.ready()
                : Readiness.pending(ready + " of " + wanted + " replicas ready, " + updated + " updated");
    }

    private static int number(@Nullable Object value, int otherwise) {
        return value instanceof Number number ? number.intValue() : otherwise;
    }

    private static Map<?, ?> status(GenericKubernetesResource object) {
        return object.getAdditionalProperties().get("status") instanceof Map<?, ?> status ? status : Map.of();
    }

    private static Optional<Map<?, ?>> conditionOf(GenericKubernetesResource object, String type) {
        if (!(status(object).get("conditions") instanceof List<?> conditions)) {
            return Optional.empty();
        }
        for (Object condition : conditions) {
            if (condition instanceof Map<?, ?> map && type.equals(map.get("type"))) {
                return Optional.of(map);
            }
        }
        return Optional.empty();
    }

    private static boolean isTrue(Map<?, ?> condition) {
        return "True".equals(condition.get("status"));
    }

    private static String reason(Optional<Map<?, ?>> condition) {
        return condition
                .map(c -> c.get("message"))
                .map(message -> ": " + message)
                .orElse("");
    }

    private static Readiness rolledOut(Deployment deployment) {
        DeploymentStatus status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        int wanted = count(deployment.getSpec().getReplicas(), 1);
        int updated = count(status.getUpdatedReplicas(), 0);
        int available = count(status.getAvailableReplicas(), 0);
        return seen(deployment, status.getObservedGeneration())
                        && updated >= wanted
                        && available >= wanted
                        && count(status.getReplicas(), 0) <= wanted
                ? Readiness.ready()
                : Readiness.pending(available + " of " + wanted + " replicas available, " + updated + " updated");
    }

    private static Readiness rolledOut(DaemonSet daemonSet) {
        DaemonSetStatus status = Objects.requireNonNullElseGet(daemonSet.getStatus(), DaemonSetStatus::new);
        int wanted = count(status.getDesiredNumberScheduled(), 0);
        int updated = count(status.getUpdatedNumberScheduled(), 0);
        int available = count(status.getNumberAvailable(), 0);
        return seen(daemonSet, status.getObservedGeneration()) && updated >= wanted && available >= wanted
                ? Readiness.ready()
                : Readiness.pending(available + " of " + wanted + " pods available, " + updated + " updated");
    }

    private static boolean seen(HasMetadata object, @Nullable Long observedGeneration) {
        Long generation = object.getMetadata().getGeneration();
        return generation == null || observedGeneration != null && observedGeneration >= generation;
    }

    private static int count(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
