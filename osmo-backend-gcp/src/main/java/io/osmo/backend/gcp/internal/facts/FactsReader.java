// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.cloud.compute.v1.Quota;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.container.v1.Cluster;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.CloudFacts.BackupFacts;
import io.osmo.backend.cluster.CloudFacts.DiskEncryption;
import io.osmo.backend.cluster.CloudFacts.Key;
import io.osmo.backend.cluster.CloudFacts.NetworkFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.OffersReader;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.gcp.internal.cluster.ClusterCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Reads all facts of one cluster, concurrently, in two round trips: the cluster with its pools, and what these name. */
public final class FactsReader {
    private FactsReader() {}

    /** Fails with {@link CloudException} when there is no such cluster; what Google refuses to tell is unknown. */
    public static CompletableFuture<CloudFacts> read(GcpContext gcp) {
        return gcp.scheduler()
                .call(() -> ClusterCalls.clusters(gcp).stream()
                        .filter(cluster -> cluster.getName().equals(gcp.name()))
                        .findFirst()
                        .orElseThrow(() -> missing(gcp)))
                .thenCompose(cluster -> read(gcp, cluster));
    }

    private static CompletableFuture<CloudFacts> read(GcpContext gcp, Cluster cluster) {
        CompletableFuture<Fact<Optional<Key>>> key = fact(gcp.scheduler().call(() -> key(gcp, cluster)));
        CompletableFuture<Fact<NetworkFacts>> network = fact(gcp.scheduler().call(() -> network(gcp, cluster)));
        CompletableFuture<Fact<BackupFacts>> backup = fact(gcp.scheduler().call(() -> backup(gcp, cluster)));
        Set<String> types = cluster.getNodePoolsList().stream()
                .map(pool -> pool.getConfig().getMachineType())
                .collect(Collectors.toCollection(TreeSet::new));
        CompletableFuture<Fact<Offers>> offers = fact(OffersReader.offers(gcp, types));
        CompletableFuture<Fact<Map<String, Quota>>> limits = fact(QuotaFacts.read(gcp));
        CompletableFuture<Fact<Boolean>> supported = fact(Versions.inStandardSupport(
                        gcp, cluster.getCurrentMasterVersion()))
                .thenApply(told -> told.flatMap(fact -> fact));
        return CompletableFuture.allOf(key, network, backup, offers, limits, supported)
                .thenApply(done -> new CloudFacts(
                        gcp.ref().provider(),
                        gcp.region(),
                        gcp.name(),
                        Fact.of(ControlPlaneFacts.of(gcp, cluster, key.join(), supported.join())),
                        Fact.of(cluster.getNodePoolsList().stream()
                                .map(pool -> PoolFacts.of(gcp, cluster, pool, offers.join()))
                                .toList()),
                        network.join(),
                        backup.join(),
                        // Google encrypts all disks with keys of its own; a key of the customer's has to be asked for.
                        Fact.of(new DiskEncryption(true, Optional.empty())),
                        limits.join()
                                .flatMap(known -> offers.join()
                                        .map(sold -> QuotaFacts.of(cluster.getNodePoolsList(), sold, known)))));
    }

    private static <T> CompletableFuture<Fact<T>> fact(CompletableFuture<T> answer) {
        return answer.handle((value, failure) -> {
            if (failure == null) {
                return Fact.of(value);
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof CloudException refused) {
                return Fact.unknown(refused.getMessage());
            }
            throw new CompletionException(cause);
        });
    }

    private static Optional<Key> key(GcpContext gcp, Cluster cluster) {
        String name = cluster.getDatabaseEncryption().getKeyName();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<CryptoKey> key =
                gcp.find("cloudkms.cryptoKeys.get", () -> gcp.clients().keys().getCryptoKey(name));
        return Optional.of(new Key(
                name,
                key.filter(k -> k.getPrimary().getState() == CryptoKeyVersionState.ENABLED)
                        .isPresent()));
    }

    /** A subnet of Google's spans all zones of its region. */
    private static NetworkFacts network(GcpContext gcp, Cluster cluster) {
        String name = cluster.getSubnetwork();
        Subnetwork subnet = gcp.call(
                "compute.subnetworks.get", () -> gcp.clients().subnetworks().get(gcp.project(), gcp.region(), name));
        List<Router> routers = gcp.call("compute.routers.list", () -> {
            List<Router> all = new ArrayList<>();
            gcp.clients()
                    .routers()
                    .list(gcp.project(), gcp.region())
                    .iterateAll()
                    .forEach(all::add);
            return all;
        });
        String services = cluster.getServicesIpv4Cidr();
        List<String> ranges = new ArrayList<>(List.of(subnet.getIpCidrRange()));
        // The range of the services is a secondary one of the same subnet: apart from the others, and told apart from
        // them.
        subnet.getSecondaryIpRangesList().stream()
                .map(range -> range.getIpCidrRange())
                .filter(range -> !range.equals(services))
                .forEach(ranges::add);
        // Pods come from the secondary range: the primary one has addresses of nodes only.
        int size = 1 << (32 - Integer.parseInt(subnet.getIpCidrRange().replaceFirst(".*/", "")));
        int reserved = 4;
        return new NetworkFacts(
                cluster.getNetwork(),
                ranges,
                services.isEmpty() ? Optional.empty() : Optional.of(services),
                List.of(new NetworkFacts.Subnet(
                        name,
                        "",
                        subnet.getIpCidrRange(),
                        Math.max(0, size - reserved - cluster.getCurrentNodeCount()),
                        Fact.of(NodeEgress.of(cluster, routers)))),
                Fact.of(List.of()));
    }

    private static BackupFacts backup(GcpContext gcp, Cluster cluster) {
        if (!cluster.getAddonsConfig().getGkeBackupAgentConfig().getEnabled()) {
            return new BackupFacts(false, "the backup agent of the cluster is off");
        }
        List<BackupPlan> plans = gcp.find("gkebackup.backupPlans.list", () -> {
                    List<BackupPlan> all = new ArrayList<>();
                    gcp.clients()
                            .backups()
                            .listBackupPlans("projects/" + gcp.project() + "/locations/" + gcp.region())
                            .iterateAll()
                            .forEach(all::add);
                    return all;
                })
                .orElse(new ArrayList<>());
        return plans.stream()
                .filter(plan -> plan.getCluster().endsWith("/clusters/" + cluster.getName())
                        && plan.getState() == BackupPlan.State.READY
                        && !plan.getBackupSchedule().getPaused()
                        && !plan.getBackupSchedule().getCronSchedule().isEmpty())
                .findFirst()
                .map(plan -> new BackupFacts(
                        true,
                        "backup plan " + last(plan.getName()) + ", "
                                + plan.getBackupSchedule().getCronSchedule() + ", kept for "
                                + plan.getRetentionPolicy().getBackupRetainDays() + " days"))
                .orElseGet(() -> new BackupFacts(false, "no backup plan with a schedule names the cluster"));
    }

    private static String last(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private static CloudException missing(GcpContext gcp) {
        return new CloudException(
                CloudError.NOT_FOUND,
                "container.clusters.get",
                "NOT_FOUND",
                "there is no GKE cluster " + gcp.name() + " in " + gcp.region(),
                "Check the name, the region and the project; gcloud container clusters list tells what there is.",
                null,
                null);
    }
}
