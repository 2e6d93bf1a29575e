// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What OSMO's worker creates for KAI to schedule a pod: a pod group, its queue, and that queue's parent. KAI schedules no pod
 * without them.
 */
final class KaiObjects {
    private static final String GROUP = "scheduling.run.ai";
    private static final String QUEUE_LABEL = "kai.scheduler/queue";
    private static final ResourceDefinitionContext QUEUES = context("v2", "Queue", "queues", false);
    private static final ResourceDefinitionContext POD_GROUPS = context("v2alpha2", "PodGroup", "podgroups", true);

    private final ProbeNamespace namespace;

    KaiObjects(ProbeNamespace namespace) {
        this.namespace = namespace;
    }

    /** The resource of an object of KAI. */
    static ResourceDefinitionContext contextOf(GenericKubernetesResource object) {
        return object.getKind().equals(QUEUES.getKind()) ? QUEUES : POD_GROUPS;
    }

    /** What has to exist before a pod that {@link #scheduled} returns. */
    List<Job.Need> needs(String name) {
        GenericKubernetesResource group =
                object(POD_GROUPS, name, Map.of(QUEUE_LABEL, queue()), Map.of("queue", queue(), "minMember", 1));
        group.getMetadata().setNamespace(namespace.name());
        return List.of(
                new Job.Need(Right.CREATE_QUEUES, queue(namespace.name(), Map.of())),
                new Job.Need(Right.CREATE_QUEUES, queue(queue(), Map.of("parentQueue", namespace.name()))),
                new Job.Need(Right.CREATE_POD_GROUPS, group));
    }

    /** The pod, to be scheduled by KAI in the pod group of its name. */
    Pod scheduled(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels(QUEUE_LABEL, queue())
                .addToAnnotations("pod-group-name", pod.getMetadata().getName())
                .endMetadata()
                .editSpec()
                .withSchedulerName("kai-scheduler")
                .endSpec()
                .build();
    }

    private String queue() {
        return namespace.name() + "-queue";
    }

    private GenericKubernetesResource queue(String name, Map<String, String> parent) {
        Map<String, Integer> unlimited = Map.of("quota", -1, "limit", -1, "overQuotaWeight", 1);
        Map<String, Object> spec = new TreeMap<>(parent);
        spec.put("resources", Map.of("cpu", unlimited, "gpu", unlimited, "memory", unlimited));
        return object(QUEUES, name, Map.of(), spec);
    }

    private GenericKubernetesResource object(
            ResourceDefinitionContext kind, String name, Map<String, String> labels, Map<String, Object> spec) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(GROUP + "/" + kind.getVersion());
        object.setKind(kind.getKind());
        object.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withLabels(namespace.labels())
                .addToLabels(labels)
                .build());
        object.setAdditionalProperty("spec", spec);
        return object;
    }

    private static ResourceDefinitionContext context(String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
