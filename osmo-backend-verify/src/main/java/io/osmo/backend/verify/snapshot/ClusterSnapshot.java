// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A cluster at one moment. Read once by {@code BackendVerifier}, judged by any number of checks, here or elsewhere, now or
 * next year. Immutable; holds no secret value. What could not be read is an {@link Fact.Unknown} with the reason.
 *
 * @param cluster name of the backend, of the kubeconfig context, or of the cluster
 * @param vantages where it was looked at from; checks that need another one are skipped
 * @param expectations what is wanted of the backend
 * @param cloud what the cloud's own API says
 * @param endpoint address of the Kubernetes API
 * @param tlsVerified whether the API's certificate is verified at each call; reading with verification on proves it
 * @param time the API server's own clock when it was read
 * @param version {@code gitVersion} of the API server
 * @param apiGroups API groups that are served, those of custom resources included
 * @param secrets Secrets of the two OSMO namespaces
 * @param stack what has been installed on top of Kubernetes
 * @param tenancy what governs single namespaces
 * @param access who may do what
 * @param probes what temporary pods found out; unknown unless they were asked for
 */
public record ClusterSnapshot(
        String cluster,
        Set<Vantage> vantages,
        Expectations expectations,
        Fact<CloudFacts> cloud,
        Fact<URI> endpoint,
        Fact<Boolean> tlsVerified,
        Fact<Instant> time,
        Fact<String> version,
        Fact<Set<String>> apiGroups,
        Fact<List<NodeFacts>> nodes,
        Fact<List<PodFacts>> pods,
        Fact<List<NamespaceFacts>> namespaces,
        Fact<List<WorkloadFacts>> deployments,
        Fact<List<WorkloadFacts>> daemonSets,
        Fact<List<StorageClassFacts>> storageClasses,
        Fact<List<String>> csiDrivers,
        Fact<List<CsiNodeFacts>> csiNodes,
        Fact<List<SecretFacts>> secrets,
        Fact<List<PriorityClassFacts>> priorityClasses,
        StackFacts stack,
        TenancyFacts tenancy,
        AccessFacts access,
        Fact<ProbeFacts> probes) {
    public ClusterSnapshot {
        vantages = Set.copyOf(vantages);
    }

    /** The same with what probes found out, and with their vantage. */
    public ClusterSnapshot withProbes(Fact<ProbeFacts> found) {
        Set<Vantage> more = EnumSet.of(Vantage.PROBE);
        more.addAll(vantages);
        return new ClusterSnapshot(
                cluster,
                more,
                expectations,
                cloud,
                endpoint,
                tlsVerified,
                time,
                version,
                apiGroups,
                nodes,
                pods,
                namespaces,
                deployments,
                daemonSets,
                storageClasses,
                csiDrivers,
                csiNodes,
                secrets,
                priorityClasses,
                stack,
                tenancy,
                access,
                found);
    }

    /** As JSON of a stable, versioned form, to be read again by {@link #fromJson}. */
    public String toJson() {
        return SnapshotJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when it is no snapshot, of another version, or holds an unknown field, or lacks a known
     *     one that is no fact
     */
    public static ClusterSnapshot fromJson(String json) {
        return SnapshotJson.read(json);
    }

    /**
     * What has changed since an earlier snapshot of the same cluster, sorted by path; the time of reading aside. Pure.
     */
    public List<SnapshotChange> changesSince(ClusterSnapshot earlier) {
        return SnapshotComparison.compare(SnapshotJson.tree(earlier), SnapshotJson.tree(this));
    }

    @Override
    public String toString() {
        return "ClusterSnapshot[" + cluster + "]";
    }
}
