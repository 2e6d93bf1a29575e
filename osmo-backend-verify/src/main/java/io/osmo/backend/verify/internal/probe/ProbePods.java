// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.osmo.backend.spec.Taint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Manifests of probes. Every pod satisfies the restricted Pod Security Standard
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/), which its namespace enforces.
 */
final class ProbePods {
    static final String CONTAINER = "probe";

    /** A user that no image names. */
    private static final long USER = 65_532;

    private static final String VOLUME = "/volume";

    private final ProbeNamespace namespace;
    private final List<String> pullSecrets;

    ProbePods(ProbeNamespace namespace, List<String> pullSecrets) {
        this.namespace = namespace;
        this.pullSecrets = pullSecrets;
    }

    /**
     * Where a pod is to run.
     *
     * @param hosts the nodes that may be used, by their label; any that the selector matches if there is none
     */
    record Place(Map<String, String> selector, List<Taint> taints, List<String> hosts) {
        Place(Map<String, String> selector, List<Taint> taints) {
            this(selector, taints, List.of());
        }

        static Place of(ProbePool pool) {
            return new Place(pool.selector(), pool.taints());
        }
    }

    /** A pod that runs a script. */
    Pod script(String name, String image, Place place, Script script, Map<String, String> environment, Duration limit) {
        return pod(name, image, List.of("sh", "-c", script.text()), place, environment, limit);
    }

    /** A pod that only pulls its image: no image has the command, and a failure to start proves the pull. */
    Pod pullOnly(String name, String image, Place place, Duration limit) {
        return pod(name, image, List.of("/osmo-backend-probe-runs-nothing"), place, Map.of(), limit);
    }

    /** A pod that ends as soon as it starts. */
    Pod momentary(String name, String image, Place place, Duration limit) {
        return pod(name, image, List.of("sh", "-c", "exit 0"), place, Map.of(), limit);
    }

    /** A pod that writes to the claim of its own name. */
    Pod volume(String name, String image, Place place, Duration limit) {
        return new PodBuilder(script(name, image, place, Script.VOLUME, Map.of("VALUE", name, "VOLUME", VOLUME), limit))
                .editSpec()
                .addNewVolume()
                .withName("volume")
                .withNewPersistentVolumeClaim(name, false)
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("volume")
                .withMountPath(VOLUME)
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    /**
     * The pod in the namespace of workflows, under its network policies. Its name starts with that of the run, so that it cannot
     * clash with another pod there.
     */
    Pod among(Pod pod, String workflows) {
        return new PodBuilder(pod)
                .editMetadata()
                .withNamespace(workflows)
                .withName(namespace.name() + "-" + pod.getMetadata().getName())
                .endMetadata()
                .build();
    }

    /** The pod with a request for one GPU. */
    Pod gpu(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .editResources()
                .addToRequests("nvidia.com/gpu", new Quantity("1"))
                .addToLimits("nvidia.com/gpu", new Quantity("1"))
                .addToLimits("memory", new Quantity("512Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    /** A claim on a volume of the default class. */
    PersistentVolumeClaim claim(String name) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.name())
                .withLabels(namespace.labels())
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .build();
    }

    private Pod pod(
            String name,
            String image,
            List<String> command,
            Place place,
            Map<String, String> environment,
            Duration limit) {
        Map<String, String> labels = new HashMap<>(namespace.labels());
        // The sidecar of a mesh would delay the probe and change how it sees the network.
        labels.put("sidecar.istio.io/inject", "false");
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.name())
                .withLabels(labels)
                // A probe must not keep the autoscaler from removing a node.
                .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "true")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(limit.toSeconds())
                .withTerminationGracePeriodSeconds(0L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNodeSelector(place.selector())
                .withTolerations(
                        place.taints().stream().map(ProbePods::toleration).toList())
                .withImagePullSecrets(
                        pullSecrets.stream().map(LocalObjectReference::new).toList())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withAffinity(affinity(place.hosts()))
                .withContainers(container(image, command, environment))
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
    }

    private static Container container(String image, List<String> command, Map<String, String> environment) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image)
                .withImagePullPolicy("Always")
                .withCommand(command)
                .withEnv(environment.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> new EnvVar(e.getKey(), e.getValue(), null))
                        .toList())
                .withNewResources()
                .addToRequests("cpu", new Quantity("10m"))
                .addToRequests("memory", new Quantity("32Mi"))
                .addToRequests("ephemeral-storage", new Quantity("16Mi"))
                .addToLimits("cpu", new Quantity("200m"))
                .addToLimits("memory", new Quantity("128Mi"))
                .addToLimits("ephemeral-storage", new Quantity("64Mi"))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    private static @Nullable Affinity affinity(List<String> hosts) {
        return hosts.isEmpty()
                ? null
                : new AffinityBuilder()
                        .withNewNodeAffinity()
                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .addToMatchExpressions(new NodeSelectorRequirement("kubernetes.io/hostname", "In", hosts))
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .build();
    }

    private static Toleration toleration(Taint taint) {
        return new TolerationBuilder()
                .withKey(taint.key())
                .withOperator("Equal")
                .withValue(taint.value())
                .withEffect(taint.effect().kubernetes())
                .build();
    }
}
