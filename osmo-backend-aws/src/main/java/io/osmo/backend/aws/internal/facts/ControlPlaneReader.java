// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.Versions;
import io.osmo.backend.aws.internal.cluster.ExistingCluster;
import io.osmo.backend.aws.internal.cluster.VersionsReader;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.cluster.CloudFacts.ControlPlane;
import io.osmo.backend.cluster.CloudFacts.Key;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.kms.model.KeyState;

/** The control plane with its key and the support of its version (CP-1 to CP-3, SC-1, SC-3). */
final class ControlPlaneReader implements FactReader<FactSource, ControlPlane> {
    static final Needs NEEDS = Needs.reading("eks:ListAddons", "kms:DescribeKey", "kms:GetKeyRotationStatus");

    private static final String POD_IDENTITY_AGENT = "eks-pod-identity-agent";

    @Override
    public CompletableFuture<Fact<ControlPlane>> read(FactSource source) {
        AwsContext context = source.context();
        CompletableFuture<Fact<Versions>> versions =
                source.ifOffered(EksFeature.VERSION_CATALOG, () -> VersionsReader.versions(context));
        CompletableFuture<Fact<Optional<Key>>> key = Facts.then(source.cluster(), found -> key(context, found));
        CompletableFuture<Fact<Optional<String>>> identity =
                source.ifOffered(EksFeature.ADDONS, () -> workloadIdentity(context));
        return CompletableFuture.allOf(source.cluster(), source.vpc(), versions, key, identity)
                .thenApply(done -> source.cluster()
                        .join()
                        .map(cluster -> facts(
                                context, cluster, source.vpc().join(), versions.join(), key.join(), identity.join())));
    }

    /** Every cluster has an issuer of tokens; what hands out credentials for them is an add-on. */
    private static CompletableFuture<Optional<String>> workloadIdentity(AwsContext context) {
        return context.async(
                "eks:ListAddons",
                () -> context.eks().listAddonsPaginator(r -> r.clusterName(context.name())).stream()
                        .flatMap(page -> page.addons().stream())
                        .filter(POD_IDENTITY_AGENT::equals)
                        .findFirst());
    }

    /** A key that is gone is as bad as one that is disabled: its cluster cannot read its Secrets. */
    private static CompletableFuture<Fact<Optional<Key>>> key(AwsContext context, Cluster cluster) {
        return ExistingCluster.secretsKey(cluster)
                .map(arn -> Facts.of(context.scheduler()
                        .call(() -> EncryptionKey.describe(context, arn))
                        .thenApply(found -> Optional.of(new Key(
                                arn,
                                found.filter(key -> key.keyState() == KeyState.ENABLED)
                                        .isPresent())))))
                .orElseGet(() -> CompletableFuture.completedFuture(Fact.of(Optional.empty())));
    }

    private static ControlPlane facts(
            AwsContext context,
            Cluster cluster,
            Fact<VpcFacts> vpc,
            Fact<Versions> versions,
            Fact<Optional<Key>> key,
            Fact<Optional<String>> identity) {
        String issues = ExistingCluster.issues(cluster);
        boolean publicAccess = Boolean.TRUE.equals(cluster.resourcesVpcConfig().endpointPublicAccess());
        Fact<Optional<Versions.Offered>> offered =
                versions.map(known -> KubernetesVersion.parse(cluster.version()).flatMap(known::find));
        return new ControlPlane(
                cluster.statusAsString() + issues,
                (cluster.status() == ClusterStatus.ACTIVE || cluster.status() == ClusterStatus.UPDATING)
                        && issues.isEmpty(),
                cluster.version(),
                offered.flatMap(found -> found.flatMap(Versions.Offered::endOfStandardSupport)
                        .<Fact<LocalDate>>map(Fact::of)
                        .orElseGet(() -> Fact.unknown("EKS names no end of standard support of " + cluster.version()))),
                offered.map(found -> found.filter(its -> its.status() == Versions.Support.STANDARD)
                        .isPresent()),
                vpc.flatMap(known -> known.zones(cluster.resourcesVpcConfig().subnetIds())),
                // EKS runs each control plane over three zones with a service level; there is no other kind.
                true,
                key,
                publicAccess,
                publicAccess ? ranges(cluster) : List.of(),
                context.offers(EksFeature.CLUSTER_CONFIG)
                        ? Fact.of(List.copyOf(ExistingCluster.enabledLogs(cluster)))
                        : FactSource.omitted(EksFeature.CLUSTER_CONFIG),
                // EKS chooses patch versions itself.
                Optional.empty(),
                identity);
    }

    /** EKS admits every address when no range is named. */
    private static List<String> ranges(Cluster cluster) {
        List<String> ranges = cluster.resourcesVpcConfig().publicAccessCidrs();
        return ranges.isEmpty() ? List.of("0.0.0.0/0") : ranges;
    }
}
