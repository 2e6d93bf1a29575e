// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.AccessFacts;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.CoreFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ServerFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.StorageFacts;
import io.osmo.backend.verify.snapshot.TenancyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One pass over a cluster. All lists are requested at once when it is created; {@link #await} collects what has arrived by the
 * deadline. Only ever reads.
 */
public final class SnapshotReader {
    private static final Fact<ProbeFacts> NO_PROBES = Fact.unknown("no probe was requested");

    private static final Fact<OsmoFacts> NOT_ASKED = Fact.unknown("the OSMO service was not asked");

    private final Expectations expectations;
    private final Pending pending = new Pending();
    private final Supplier<ServerFacts> server;
    private final Supplier<CoreFacts> core;
    private final Supplier<StorageFacts> storage;
    private final Supplier<StackFacts> stack;
    private final Supplier<TenancyFacts> tenancy;
    private final Supplier<AccessFacts> access;

    /**
     * Starts to read.
     *
     * @param pageSize objects of one page, at least 1
     */
    public SnapshotReader(KubernetesClient client, Expectations expectations, int pageSize) {
        this.expectations = expectations;
        String operator = expectations.operatorNamespace();
        Lists lists = new Lists(client, pageSize);
        server = ServerReader.start(lists, client.getConfiguration(), pending);
        CompletableFuture<Fact<List<PodFacts>>> pods = lists.list(Kinds.PODS, pod -> Parse.pod(pod, operator));
        CompletableFuture<Fact<List<WorkloadFacts>>> deployments =
                lists.list(Kinds.DEPLOYMENTS, deployment -> Parse.deployment(deployment, operator));
        core = startCore(lists, pods, deployments);
        storage = startStorage(lists);
        stack = StackReader.start(
                lists, expectations, new LogReader(lists, expectations, deployments, pods).logs(), pending);
        tenancy = TenancyReader.start(lists, expectations, pending);
        access = AccessReader.start(lists, expectations, deployments, pending);
    }

    private Supplier<CoreFacts> startCore(
            Lists lists,
            CompletableFuture<Fact<List<PodFacts>>> podList,
            CompletableFuture<Fact<List<WorkloadFacts>>> deploymentList) {
        String operator = expectations.operatorNamespace();
        var nodes = pending.add(lists.list(Kinds.NODES, Parse::node));
        var pods = pending.add(podList);
        var namespaces = pending.add(lists.namespaces());
        var deployments = pending.add(deploymentList);
        var daemonSets = pending.add(lists.list(Kinds.DAEMON_SETS, d -> Parse.daemonSet(d, operator)));
        var secrets = pending.add(lists.list(Kinds.secrets(expectations), Secrets::facts));
        var priorityClasses = pending.add(lists.list(Kinds.PRIORITY_CLASSES, Parse::priorityClass));
        return () -> new CoreFacts(
                nodes.get(),
                pods.get(),
                namespaces.get(),
                deployments.get(),
                daemonSets.get(),
                secrets.get(),
                priorityClasses.get());
    }

    private Supplier<StorageFacts> startStorage(Lists lists) {
        var storageClasses = pending.add(lists.list(Kinds.STORAGE_CLASSES, Parse::storageClass));
        var csiDrivers = pending.add(lists.list(Kinds.CSI_DRIVERS, Parse::name));
        var csiNodes = pending.add(lists.list(Kinds.CSI_NODES, Parse::csiNode));
        return () -> new StorageFacts(storageClasses.get(), csiDrivers.get(), csiNodes.get());
    }

    /**
     * Waits until everything was read or the deadline has passed; what has not arrived by then is unknown.
     *
     * @throws CancellationException when the calling thread was interrupted; its interrupt flag is set again
     */
    public ClusterSnapshot await(String name, Set<Vantage> vantages, Fact<CloudFacts> cloud, Duration deadline) {
        pending.await(name, deadline);
        return new ClusterSnapshot(
                name,
                vantages,
                expectations,
                cloud,
                server.get(),
                core.get(),
                storage.get(),
                stack.get(),
                tenancy.get(),
                access.get(),
                NO_PROBES,
                NOT_ASKED);
    }

    /** A snapshot of a cluster of which the Kubernetes API was not read, for this reason. */
    public static ClusterSnapshot unread(
            String name, Set<Vantage> vantages, Expectations expectations, Fact<CloudFacts> cloud, String reason) {
        return new ClusterSnapshot(
                name,
                vantages,
                expectations,
                cloud,
                ServerFacts.unknown(reason),
                CoreFacts.unknown(reason),
                StorageFacts.unknown(reason),
                StackFacts.unknown(reason),
                TenancyFacts.unknown(reason),
                AccessFacts.unknown(reason),
                NO_PROBES,
                NOT_ASKED);
    }
}
