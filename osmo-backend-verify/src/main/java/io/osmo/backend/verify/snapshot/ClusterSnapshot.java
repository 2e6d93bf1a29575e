// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The state of a cluster at one moment. {@code BackendVerifier} reads it once; any number of checks can judge it, in any process
 * and at any time. Immutable; holds no secret value. What could not be read is a {@link Fact.Unknown} with the reason.
 *
 * @param cluster name of the backend, of the kubeconfig context, or of the cluster
 * @param vantages where the cluster was seen from; checks that need another vantage are skipped
 * @param expectations what is expected of the backend
 * @param cloud what the cloud's own API says
 * @param server the Kubernetes API server
 * @param core objects of Kubernetes' own kinds, such as nodes and pods
 * @param storage how volumes are provisioned
 * @param stack what has been installed on top of Kubernetes
 * @param tenancy what governs single namespaces
 * @param access who may do what
 * @param probes what temporary pods found out; unknown unless probes were requested
 * @param osmo what the OSMO service says; unknown unless it was asked
 */
public record ClusterSnapshot(
        String cluster,
        Set<Vantage> vantages,
        Expectations expectations,
        Fact<CloudFacts> cloud,
        ServerFacts server,
        CoreFacts core,
        StorageFacts storage,
        StackFacts stack,
        TenancyFacts tenancy,
        AccessFacts access,
        Fact<ProbeFacts> probes,
        Fact<OsmoFacts> osmo) {
    public ClusterSnapshot {
        vantages = Set.copyOf(vantages);
    }

    /** This snapshot with the results of probes, and with their vantage. */
    public ClusterSnapshot withProbes(Fact<ProbeFacts> found) {
        return new ClusterSnapshot(
                cluster,
                and(Vantage.PROBE),
                expectations,
                cloud,
                server,
                core,
                storage,
                stack,
                tenancy,
                access,
                found,
                osmo);
    }

    /** This snapshot with what the OSMO service says, and with its vantage. */
    public ClusterSnapshot withOsmo(Fact<OsmoFacts> said) {
        return new ClusterSnapshot(
                cluster,
                and(Vantage.OSMO),
                expectations,
                cloud,
                server,
                core,
                storage,
                stack,
                tenancy,
                access,
                probes,
                said);
    }

    private Set<Vantage> and(Vantage vantage) {
        Set<Vantage> more = EnumSet.of(vantage);
        more.addAll(vantages);
        return more;
    }

    /** This snapshot as JSON in a stable, versioned format, which {@link #fromJson} reads. */
    public String toJson() {
        return SnapshotJson.write(this);
    }

    /**
     * Reads a snapshot that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if the text is not a snapshot, has another format version or an unknown field, or lacks a
     *     field that is not a fact
     */
    public static ClusterSnapshot fromJson(String json) {
        return SnapshotJson.read(json);
    }

    /** What has changed since an earlier snapshot of the same cluster, sorted by path, except the time of reading. Pure. */
    public List<SnapshotChange> changesSince(ClusterSnapshot earlier) {
        return SnapshotComparison.compare(SnapshotJson.tree(earlier), SnapshotJson.tree(this));
    }

    @Override
    public String toString() {
        return "ClusterSnapshot[" + cluster + "]";
    }
}
