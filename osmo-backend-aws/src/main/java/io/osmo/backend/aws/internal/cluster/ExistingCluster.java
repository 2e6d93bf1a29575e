// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.EksResource;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.aws.internal.sweep.Sweep;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterIssue;

/** A cluster that exists. It can be read and deleted; what is wanted of it is not known here. */
public sealed class ExistingCluster extends EksResource<Cluster> permits EksCluster, ControlPlaneUpgrade {
    /** EKS documents ten minutes for a creation; updates of the endpoint or the version take nearly as long. */
    private static final Timing TIMING = new Timing(
            Duration.ofMinutes(9),
            Duration.ofMinutes(4),
            Duration.ofMinutes(4),
            Duration.ofSeconds(15),
            Duration.ofMinutes(45));

    /** A cluster to be deleted. */
    ExistingCluster(AwsContext context) {
        this(context, Ids.CLUSTER, deletedBefore(context), "EKS cluster " + context.name());
    }

    ExistingCluster(AwsContext context, ResourceId id, Set<ResourceId> after, String description) {
        super(context, id, Cluster.class, after, TIMING, description);
    }

    /** What a cluster needs until it is deleted, and the sweeps of what it leaves behind. */
    private static Set<ResourceId> deletedBefore(AwsContext context) {
        Set<ResourceId> needed = new HashSet<>(NetworkLayout.possibleNodeSubnets(context.region()));
        needed.add(IamRole.id(RoleKind.CLUSTER));
        needed.add(EncryptionKey.ID);
        needed.addAll(Set.of(Sweep.NETWORK_INTERFACES, Sweep.SECURITY_GROUPS, Sweep.LOG_GROUP));
        return needed;
    }

    @Override
    public final boolean billed() {
        return true;
    }

    @Override
    public final boolean neededByControllers() {
        return true;
    }

    @Override
    public final Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    public final Disruption deletionDisruption(Cluster observed) {
        return observed.endpoint() == null ? Disruption.NONE : Disruption.OUTAGE;
    }

    @Override
    public final String cloudId() {
        return context.name();
    }

    @Override
    public final Optional<Cluster> read(State state) {
        return describe(context);
    }

    /** The cluster as EKS describes it; empty when there is none of that name, whoever made it. */
    public static Optional<Cluster> describe(AwsContext context) {
        return context.find(
                "eks:DescribeCluster",
                () -> context.eks().describeCluster(r -> r.name(context.name())).cluster());
    }

    @Override
    public final Readiness readiness(Cluster observed) {
        return switch (observed.status()) {
            case ACTIVE -> Readiness.ready();
            case CREATING, PENDING, UPDATING -> Readiness.pending(observed.statusAsString());
            case DELETING -> Readiness.deleting();
            default -> failed(code(observed), observed.statusAsString() + issues(observed));
        };
    }

    private static Optional<String> code(Cluster observed) {
        return observed.health() == null
                ? Optional.empty()
                : observed.health().issues().stream().findFirst().map(ClusterIssue::codeAsString);
    }

    /** What EKS says is wrong, after a colon; empty when nothing is. */
    public static String issues(Cluster observed) {
        return observed.health() == null || observed.health().issues().isEmpty()
                ? ""
                : observed.health().issues().stream()
                        .map(issue -> issue.codeAsString() + ": " + issue.message())
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    /** Key that encrypts Secrets; empty when only EKS' own key does. */
    public static Optional<String> secretsKey(Cluster cluster) {
        return cluster.encryptionConfig().stream()
                .filter(config -> config.resources().contains("secrets"))
                .map(config -> config.provider().keyArn())
                .findFirst();
    }

    /** Kinds of control-plane logs that are on. */
    public static Set<String> enabledLogs(Cluster cluster) {
        return cluster.logging() == null
                ? Set.of()
                : cluster.logging().clusterLogging().stream()
                        .filter(setup -> Boolean.TRUE.equals(setup.enabled()))
                        .flatMap(setup -> setup.typesAsStrings().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether EKS refuses to delete the cluster. */
    static boolean isProtected(Cluster cluster) {
        return Boolean.TRUE.equals(cluster.deletionProtection());
    }

    /** EKS would refuse to delete a protected cluster too, but only once everything else is gone. */
    @Override
    public void delete(Cluster observed, State state) {
        if (isProtected(observed)) {
            throw CloudException.builder(CloudError.INVALID_REQUEST, "eks:DeleteCluster")
                    .code("DeletionProtection")
                    .message("cluster " + context.name() + " is protected against deletion")
                    .remedy("Set deletionProtection to false in the spec and apply it first.")
                    .build();
        }
        context.delete("eks:DeleteCluster", () -> context.eks().deleteCluster(r -> r.name(context.name())));
    }
}
