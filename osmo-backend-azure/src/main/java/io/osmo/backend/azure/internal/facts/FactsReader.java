// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.backup.BackupConcern;
import io.osmo.backend.azure.internal.catalog.ComputeUsages;
import io.osmo.backend.azure.internal.catalog.OffersReader;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads what Azure says about a backend, with concurrent calls; what Azure refuses to tell is unknown. */
public final class FactsReader {
    private FactsReader() {}

    /** Fails with {@link CloudException} when there is no such cluster. */
    public static CompletableFuture<CloudFacts> read(AzureContext azure) {
        CompletableFuture<Fact<ArmObject>> cluster = fact(azure.find(ArmType.CLUSTER, azure.clusterId()))
                .thenApply(found -> found.map(c -> c.orElseThrow(() -> missing(azure))));
        CompletableFuture<Fact<List<JsonNode>>> pools = fact(azure.async(() -> azure.arm()
                .list(
                        ArmType.AGENT_POOL.action("read"),
                        azure.clusterId() + "/agentPools",
                        ArmType.AGENT_POOL.apiVersion())));
        CompletableFuture<Fact<Map<String, VmSize>>> sizes =
                fact(OffersReader.sizes(azure).thenApply(OffersReader::sizes));
        CompletableFuture<Fact<CloudFacts.BackupFacts>> backup =
                fact(BackupConcern.instance(azure).thenApply(BackupCoverage::of));
        CompletableFuture<Fact<CloudFacts.NetworkFacts>> network = pools.thenCombine(
                        cluster, (all, of) -> NetworkReader.read(azure, of, all))
                .thenCompose(n -> n);
        CompletableFuture<Fact<ComputeUsages>> usages = fact(ComputeUsages.read(azure));
        CompletableFuture<Fact<Map<String, List<String>>>> supported = fact(OffersReader.supportedVersions(azure));
        CompletableFuture<Fact<Optional<CloudFacts.Key>>> key =
                cluster.thenCompose(found -> SecretsKey.read(azure, found));
        return CompletableFuture.allOf(cluster, pools, sizes, backup, network, usages, supported, key)
                .thenApply(done -> new CloudFacts(
                        azure.ref().provider(),
                        azure.region(),
                        azure.name(),
                        cluster.join().map(c -> ControlPlaneFacts.of(c, supported.join(), key.join())),
                        pools.join()
                                .map(all -> all.stream()
                                        .map(pool -> PoolFacts.of(ArmObject.of(pool), cluster.join(), sizes.join()))
                                        .toList()),
                        network.join(),
                        backup.join(),
                        // Azure encrypts every managed disk; the class decides whether by a key of ours.
                        Fact.of(new CloudFacts.DiskEncryption(true, Optional.empty())),
                        pools.join()
                                .flatMap(all -> sizes.join()
                                        .flatMap(sold -> usages.join().map(used -> QuotaFacts.of(all, sold, used))))));
    }

    /** What was read, or why it could not be. */
    static <T> CompletableFuture<Fact<T>> fact(CompletableFuture<T> answer) {
        return answer.handle((value, failure) -> {
            if (failure == null) {
                return Fact.of(value);
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof CloudException refused) {
                return Fact.unknown(String.valueOf(refused.getMessage()));
            }
            throw new CompletionException(cause);
        });
    }

    private static CloudException missing(AzureContext azure) {
        return new CloudException(
                CloudError.NOT_FOUND,
                ArmType.CLUSTER.action("read"),
                "ResourceNotFound",
                "there is no AKS cluster " + azure.name() + " in resource group " + azure.group(),
                "Check name, region and subscription; az aks list tells what there is.",
                null,
                null);
    }
}
