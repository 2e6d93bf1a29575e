// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import io.osmo.backend.verify.snapshot.CrdFacts;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import io.osmo.backend.verify.snapshot.LogFacts;
import io.osmo.backend.verify.snapshot.QueueFacts;
import io.osmo.backend.verify.snapshot.ShardFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads what has been installed on top of Kubernetes. */
final class StackReader {
    private final Lists lists;
    private final CompletableFuture<Fact<List<CrdFacts>>> crds;

    private StackReader(Lists lists) {
        this.lists = lists;
        crds = lists.named(Kinds.CRDS, StackReader::crd);
    }

    /** Starts to read; what is returned collects what has arrived. */
    static Supplier<StackFacts> start(
            Lists lists,
            Expectations expectations,
            CompletableFuture<Fact<List<LogFacts>>> operatorLogs,
            Pending pending) {
        StackReader reader = new StackReader(lists);
        var crds = pending.add(reader.crds);
        var shards = pending.add(reader.custom(Kinds.SHARDS, StackReader::shard));
        var schedulerNames = pending.add(reader.custom(Kinds.KAI_CONFIGS, StackReader::schedulerName)
                .thenApply(names ->
                        names.map(all -> all.stream().filter(n -> !n.isEmpty()).toList())));
        var queues = pending.add(reader.custom(Kinds.QUEUES, StackReader::queue));
        var clusterPolicies = pending.add(reader.custom(Kinds.CLUSTER_POLICIES, StackReader::clusterPolicy));
        var runtimeClasses = pending.add(lists.list(Kinds.RUNTIME_CLASSES, Parse::name));
        var webhooks = pending.add(new WebhookReader(lists, expectations).read());
        var admissionPolicies = pending.add(AdmissionReader.read(lists, expectations));
        var endpoints = pending.add(
                lists.list(Kinds.endpoints(), StackReader::endpoint).thenApply(all -> all.map(StackReader::summed)));
        var helmReleases = pending.add(lists.list(Kinds.helmReleases(expectations), StackReader::release)
                .thenApply(all -> all.map(StackReader::newest)));
        var logs = pending.add(operatorLogs);
        return () -> new StackFacts(
                crds.get(),
                shards.get(),
                schedulerNames.get(),
                queues.get(),
                clusterPolicies.get(),
                runtimeClasses.get(),
                webhooks.get(),
                admissionPolicies.get(),
                endpoints.get(),
                helmReleases.get(),
                logs.get());
    }

    /** Objects of a custom kind; none where its definition does not exist or does not serve the version that is read. */
    private <T> CompletableFuture<Fact<List<T>>> custom(Kind kind, Function<JsonNode, T> parse) {
        String definition = kind.resource() + "." + kind.group();
        return crds.thenCompose(known -> {
            Fact<Boolean> served = known.map(all -> all.stream()
                    .anyMatch(c -> c.name().equals(definition) && c.served().contains(kind.version())));
            if (served instanceof Fact.Unknown<Boolean> unknown) {
                return CompletableFuture.completedFuture(Fact.unknown(unknown.reason(), unknown.remedy()));
            }
            return served.known().orElseThrow()
                    ? lists.list(kind, parse)
                    : CompletableFuture.completedFuture(Fact.of(List.of()));
        });
    }

    private static CrdFacts crd(JsonNode crd) {
        Set<String> served = new HashSet<>();
        crd.path("spec").path("versions").forEach(v -> {
            if (v.path("served").asBoolean()) {
                served.add(Parse.text(v, "name"));
            }
        });
        boolean established = false;
        for (JsonNode condition : crd.path("status").path("conditions")) {
            established |= Parse.text(condition, "type").equals("Established")
                    && Parse.text(condition, "status").equals("True");
        }
        return new CrdFacts(
                Parse.name(crd), served, established, Workloads.time(crd.path("metadata"), "creationTimestamp"));
    }

    private static ShardFacts shard(JsonNode shard) {
        JsonNode spec = shard.path("spec");
        Set<String> disabled = new HashSet<>();
        spec.path("actions").properties().forEach(action -> {
            if (!action.getValue().path("enabled").asBoolean(true)) {
                disabled.add(action.getKey());
            }
        });
        return new ShardFacts(
                Parse.name(shard),
                Parse.text(spec, "partitionLabelValue"),
                Workloads.known(Parse.map(spec.path("args"))),
                Fact.of(disabled));
    }

    private static QueueFacts queue(JsonNode queue) {
        return new QueueFacts(
                Parse.name(queue),
                Fact.of(Parse.text(queue.path("spec"), "parentQueue")),
                Fact.of(Parse.text(queue.path("metadata").path("labels"), "osmo.namespace")));
    }

    private static ClusterPolicyFacts clusterPolicy(JsonNode policy) {
        return new ClusterPolicyFacts(
                Parse.name(policy),
                Parse.text(policy.path("status"), "state"),
                policy.at("/spec/driver/enabled").asBoolean(true),
                Fact.of(policy.at("/spec/devicePlugin/enabled").asBoolean(true)));
    }

    private static String schedulerName(JsonNode config) {
        return Parse.text(config.path("spec").path("global"), "schedulerName");
    }

    static EndpointFacts endpoint(JsonNode slice) {
        int ready = 0;
        for (JsonNode endpoint : slice.path("endpoints")) {
            // An endpoint without this field counts as ready.
            if (endpoint.path("conditions").path("ready").asBoolean(true)) {
                ready += endpoint.path("addresses").size();
            }
        }
        return new EndpointFacts(
                Parse.text(slice.path("metadata"), "namespace"),
                Parse.text(slice.path("metadata").path("labels"), "kubernetes.io/service-name"),
                ready);
    }

    private static List<EndpointFacts> summed(List<EndpointFacts> slices) {
        Map<String, EndpointFacts> sums = new HashMap<>();
        slices.forEach(s -> sums.merge(
                s.toString(), s, (a, b) -> new EndpointFacts(a.namespace(), a.service(), a.ready() + b.ready())));
        return sums.keySet().stream().sorted().map(sums::get).toList();
    }

    private static HelmReleaseFacts release(JsonNode secret) {
        JsonNode metadata = secret.path("metadata");
        JsonNode labels = metadata.path("labels");
        return new HelmReleaseFacts(
                Parse.text(metadata, "namespace"),
                Parse.text(labels, "name"),
                labels.path("version").asInt(),
                Parse.text(labels, "status"));
    }

    private static List<HelmReleaseFacts> newest(List<HelmReleaseFacts> revisions) {
        Map<String, HelmReleaseFacts> newest = revisions.stream()
                .collect(Collectors.toMap(
                        HelmReleaseFacts::toString, r -> r, (a, b) -> a.revision() >= b.revision() ? a : b));
        return newest.keySet().stream().sorted().map(newest::get).toList();
    }
}
