// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.Versions;
import io.osmo.backend.aws.internal.catalog.VersionsReader;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.cluster.CloudFacts.ControlPlane;
import io.osmo.backend.cluster.CloudFacts.Key;
import io.osmo.backend.cluster.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/** The control plane with its key and the support of its version (CP-1 to CP-3, SC-1, SC-3). */
final class ControlPlaneFacts {
    private static final String POD_IDENTITY_AGENT = "eks-pod-identity-agent";

    private ControlPlaneFacts() {}

    static CompletableFuture<Fact<ControlPlane>> read(
            AwsContext aws, CompletableFuture<Fact<Cluster>> cluster, CompletableFuture<Fact<VpcFacts>> vpc) {
        CompletableFuture<Fact<Versions>> versions = aws.settings().offers(EksFeature.VERSION_CATALOG)
                ? Facts.of(VersionsReader.versions(aws))
                : CompletableFuture.completedFuture(Facts.omitted(EksFeature.VERSION_CATALOG));
        CompletableFuture<Fact<Optional<Key>>> key = Facts.then(cluster, found -> key(aws, found));
        CompletableFuture<Fact<Optional<String>>> identity = workloadIdentity(aws);
        return CompletableFuture.allOf(cluster, vpc, versions, key, identity)
                .thenApply(done -> cluster.join()
                        .map(found -> facts(aws, found, vpc.join(), versions.join(), key.join(), identity.join())));
    }

    /** Every cluster has an issuer of tokens; what hands out credentials for them is an add-on. */
    private static CompletableFuture<Fact<Optional<String>>> workloadIdentity(AwsContext aws) {
        return aws.settings().offers(EksFeature.ADDONS)
                ? Facts.of(aws.async(
                        "eks:ListAddons",
                        () -> aws.clients().eks().listAddonsPaginator(r -> r.clusterName(aws.name())).stream()
                                .flatMap(page -> page.addons().stream())
                                .filter(POD_IDENTITY_AGENT::equals)
                                .findFirst()))
                : CompletableFuture.completedFuture(Facts.omitted(EksFeature.ADDONS));
    }

    private static CompletableFuture<Fact<Optional<Key>>> key(AwsContext aws, Cluster cluster) {
        return EksCluster.secretsKey(cluster)
                .map(arn -> Facts.of(aws.scheduler()
                        .call(() -> EncryptionKey.describe(aws, arn))
                        .thenApply(found -> Optional.of(new Key(arn, enabled(found))))))
                .orElseGet(() -> CompletableFuture.completedFuture(Fact.of(Optional.empty())));
    }

    /** A key that is gone is as bad as one that is disabled: its cluster cannot read its Secrets. */
    private static boolean enabled(Optional<KeyMetadata> key) {
        return key.filter(k -> k.keyState() == KeyState.ENABLED).isPresent();
    }

    private static ControlPlane facts(
            AwsContext aws,
            Cluster cluster,
            Fact<VpcFacts> vpc,
            Fact<Versions> versions,
            Fact<Optional<Key>> key,
            Fact<Optional<String>> identity) {
        boolean publicAccess = Boolean.TRUE.equals(cluster.resourcesVpcConfig().endpointPublicAccess());
        return new ControlPlane(
                cluster.statusAsString() + EksCluster.issues(cluster),
                (cluster.status() == ClusterStatus.ACTIVE || cluster.status() == ClusterStatus.UPDATING)
                        && EksCluster.issues(cluster).isEmpty(),
                cluster.version(),
                versions.flatMap(known -> supportOf(cluster.version(), known)),
                versions.map(known -> KubernetesVersion.parse(cluster.version())
                        .flatMap(known::find)
                        .filter(offered -> offered.status() == Versions.Support.STANDARD)
                        .isPresent()),
                vpc.flatMap(known -> known.zones(cluster.resourcesVpcConfig().subnetIds())),
                // EKS runs each control plane over three zones with a service level; there is no lesser kind.
                true,
                key,
                publicAccess,
                publicAccess ? ranges(cluster) : List.of(),
                aws.settings().offers(EksFeature.CLUSTER_CONFIG)
                        ? Fact.of(List.copyOf(EksCluster.enabledLogs(cluster)))
                        : Facts.omitted(EksFeature.CLUSTER_CONFIG),
                // EKS chooses patch versions itself.
                Optional.empty(),
                identity);
    }

    /** EKS lets everybody in where nobody says whom. */
    private static List<String> ranges(Cluster cluster) {
        List<String> ranges = cluster.resourcesVpcConfig().publicAccessCidrs();
        return ranges.isEmpty() ? List.of("0.0.0.0/0") : ranges;
    }

    private static Fact<LocalDate> supportOf(String version, Versions versions) {
        return KubernetesVersion.parse(version)
                .flatMap(versions::find)
                .flatMap(Versions.Offered::endOfStandardSupport)
                .<Fact<LocalDate>>map(Fact::of)
                .orElseGet(() -> Fact.unknown("EKS names no end of standard support of " + version));
    }
}
