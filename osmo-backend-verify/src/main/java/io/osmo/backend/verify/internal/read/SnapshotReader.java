// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.AccessFacts;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.TenancyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One pass over a cluster. All lists are asked for at once when it is created; {@link #await} collects what has arrived by the
 * deadline. Only ever reads.
 */
public final class SnapshotReader {
    private static final Fact<ProbeFacts> NO_PROBE = Fact.unknown("no probe was asked for");

    private final Config config;
    private final Expectations expectations;
    private final CompletableFuture<Fact<HttpResponse<byte[]>>> version;
    private final CompletableFuture<Fact<Set<String>>> groups;
    private final CompletableFuture<Fact<List<NodeFacts>>> nodes;
    private final CompletableFuture<Fact<List<PodFacts>>> pods;
    private final CompletableFuture<Fact<List<NamespaceFacts>>> namespaces;
    private final CompletableFuture<Fact<List<WorkloadFacts>>> deployments;
    private final CompletableFuture<Fact<List<WorkloadFacts>>> daemonSets;
    private final CompletableFuture<Fact<List<StorageClassFacts>>> storageClasses;
    private final CompletableFuture<Fact<List<String>>> csiDrivers;
    private final CompletableFuture<Fact<List<CsiNodeFacts>>> csiNodes;
    private final CompletableFuture<Fact<List<SecretFacts>>> secrets;
    private final CompletableFuture<Fact<List<PriorityClassFacts>>> priorityClasses;
    private final StackReader stack;
    private final TenancyReader tenancy;
    private final AccessReader access;

    /**
     * Starts to read.
     *
     * @param pageSize objects of one page, at least 1
     */
    public SnapshotReader(KubernetesClient client, Expectations expectations, int pageSize) {
        this.config = client.getConfiguration();
        this.expectations = expectations;
        Lists lists = new Lists(client, pageSize);
        version = lists.get("/version", response -> response);
        groups = lists.get("/apis", response -> names(Lists.json(response).path("groups")));
        String operator = expectations.operatorNamespace();
        nodes = lists.list(Kinds.NODES, Parse::node);
        pods = lists.list(Kinds.PODS, pod -> Parse.pod(pod, operator));
        namespaces = lists.namespaces();
        deployments = lists.list(Kinds.DEPLOYMENTS, deployment -> Parse.deployment(deployment, operator));
        daemonSets = lists.list(Kinds.DAEMON_SETS, daemonSet -> Parse.daemonSet(daemonSet, operator));
        storageClasses = lists.list(Kinds.STORAGE_CLASSES, Parse::storageClass);
        csiDrivers = lists.list(Kinds.CSI_DRIVERS, Parse::name);
        csiNodes = lists.list(Kinds.CSI_NODES, Parse::csiNode);
        secrets = lists.list(Kinds.secrets(expectations), Parse::secret);
        priorityClasses = lists.list(Kinds.PRIORITY_CLASSES, Parse::priorityClass);
        stack = new StackReader(lists, expectations, new LogReader(lists, expectations, deployments, pods).logs());
        tenancy = new TenancyReader(lists, expectations);
        access = new AccessReader(lists, expectations, deployments);
    }

    /**
     * Waits until everything was read or the deadline has passed; what has not arrived by then is unknown.
     *
     * @throws CancellationException when the calling thread was interrupted, which it then is again
     */
    public ClusterSnapshot await(String name, Set<Vantage> vantages, Fact<CloudFacts> cloud, Duration deadline) {
        List<CompletableFuture<?>> all = new ArrayList<>(List.of(
                version,
                groups,
                nodes,
                pods,
                namespaces,
                deployments,
                daemonSets,
                storageClasses,
                csiDrivers,
                csiNodes,
                secrets,
                priorityClasses));
        all.addAll(stack.all());
        all.addAll(tenancy.all());
        all.addAll(access.all());
        String late = "not read within " + deadline.toSeconds() + " s";
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            all.forEach(future -> future.cancel(true));
        } catch (InterruptedException e) {
            all.forEach(future -> future.cancel(true));
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while reading the cluster " + name);
        } catch (ExecutionException e) {
            // Each future turns its own errors into an unknown fact; what comes here is a defect of this class.
            throw new IllegalStateException(e.getCause());
        }
        return new ClusterSnapshot(
                name,
                vantages,
                expectations,
                cloud,
                Fact.of(URI.create(config.getMasterUrl())),
                tlsVerified(of(version, late)),
                of(version, late).flatMap(SnapshotReader::date),
                of(version, late).map(response -> Parse.text(Lists.json(response), "gitVersion")),
                of(groups, late),
                of(nodes, late),
                of(pods, late),
                of(namespaces, late),
                of(deployments, late),
                of(daemonSets, late),
                of(storageClasses, late),
                of(csiDrivers, late),
                of(csiNodes, late),
                of(secrets, late),
                of(priorityClasses, late),
                stack.facts(late),
                tenancy.facts(late),
                access.facts(late),
                NO_PROBE);
    }

    /** That verification is on proves nothing before a server has passed it. */
    private Fact<Boolean> tlsVerified(Fact<HttpResponse<byte[]>> answer) {
        return config.isTrustCerts() || config.isDisableHostnameVerification()
                ? Fact.of(false)
                : answer.map(response -> true);
    }

    /** A snapshot of a cluster whose Kubernetes API was not looked at. */
    public static ClusterSnapshot blind(
            String name, Set<Vantage> vantages, Expectations expectations, Fact<CloudFacts> cloud, String reason) {
        return new ClusterSnapshot(
                name,
                vantages,
                expectations,
                cloud,
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                StackFacts.unknown(reason),
                TenancyFacts.unknown(reason),
                AccessFacts.unknown(reason),
                NO_PROBE);
    }

    static <T> Fact<T> of(CompletableFuture<Fact<T>> future, String late) {
        return future.isDone() && !future.isCompletedExceptionally() ? future.join() : Fact.unknown(late);
    }

    /** The server's clock: whoever verifies may be anywhere and at any time. */
    private static Fact<Instant> date(HttpResponse<byte[]> response) {
        String date = response.header("Date");
        return date == null
                ? Fact.unknown("the API server sent no Date header")
                : Fact.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
    }

    private static Set<String> names(JsonNode groups) {
        Set<String> names = new HashSet<>();
        groups.forEach(g -> names.add(Parse.text(g, "name")));
        return Set.copyOf(names);
    }
}
