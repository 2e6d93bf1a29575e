// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the chart of the KAI scheduler leaves in a cluster, as far as OSMO and verification look at it: kinds, a shard, and Deployments.
 *
 * @see <a href="https://github.com/kai-scheduler/KAI-Scheduler/tree/v0.17.0/deployments/kai-scheduler">chart</a>
 */
public final class KaiObjects {
    private static final String NAMESPACE = "kai-scheduler";
    private static final String VERSION = "v0.17.0";

    private KaiObjects() {}

    /** In the order in which Helm creates them. */
    public static List<Map<String, Object>> all() {
        return Stream.of(
                        Stream.of(
                                definition("PodGroup", "podgroups", "scheduling.run.ai", "v2alpha2", "Namespaced"),
                                definition("Queue", "queues", "scheduling.run.ai", "v2", "Cluster"),
                                definition(
                                        "BindRequest", "bindrequests", "scheduling.run.ai", "v1alpha2", "Namespaced"),
                                definition("Topology", "topologies", "kai.scheduler", "v1alpha1", "Cluster"),
                                definition("SchedulingShard", "schedulingshards", "kai.scheduler", "v1", "Cluster"),
                                definition("Config", "configs", "kai.scheduler", "v1", "Cluster"),
                                Map.<String, Object>of(
                                        "apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", NAMESPACE)),
                                shard()),
                        Stream.of("binder", "podgrouper", "admission", "queuecontroller")
                                .map(part -> deployment(name(part), part)),
                        Stream.of(deployment("kai-scheduler-default", "scheduler")))
                .flatMap(objects -> objects)
                .toList();
    }

    private static String name(String image) {
        return switch (image) {
            case "podgrouper" -> "pod-grouper";
            case "queuecontroller" -> "queue-controller";
            default -> image;
        };
    }

    private static Map<String, Object> definition(
            String kind, String plural, String group, String version, String scope) {
        return Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of("name", plural + "." + group),
                "spec",
                Map.of(
                        "group",
                        group,
                        "scope",
                        scope,
                        "names",
                        Map.of("kind", kind, "plural", plural),
                        "versions",
                        List.of(Map.of("name", version, "served", true, "storage", true))),
                "status",
                Map.of("conditions", List.of(Map.of("type", "Established", "status", "True"))));
    }

    /** With the arguments that OSMO asks for. */
    private static Map<String, Object> shard() {
        return Map.of(
                "apiVersion",
                "kai.scheduler/v1",
                "kind",
                "SchedulingShard",
                "metadata",
                Map.of("name", "default"),
                "spec",
                Map.of(
                        "args",
                        Map.of("default-staleness-grace-period", "-1s", "update-pod-eviction-condition", "true")));
    }

    private static Map<String, Object> deployment(String name, String image) {
        List<String> args = image.equals("scheduler")
                ? List.of(
                        "--scheduler-name=kai-scheduler",
                        "--default-staleness-grace-period=-1s",
                        "--update-pod-eviction-condition=true")
                : List.of();
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", name, "namespace", NAMESPACE),
                "spec",
                Map.of(
                        "replicas",
                        1,
                        "template",
                        Map.of(
                                "spec",
                                Map.of(
                                        "containers",
                                        List.of(Map.of(
                                                "name",
                                                image,
                                                "image",
                                                "ghcr.io/kai-scheduler/kai-scheduler/" + image + ":" + VERSION,
                                                "args",
                                                args))))));
    }
}
