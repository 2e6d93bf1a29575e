// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.OffersReader;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.Facts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the readers of facts share about one cluster.
 *
 * @param cluster unknown when it does not exist
 * @param pools all agent pools, the system pool included
 * @param sizes VM sizes of the region by name
 */
record FactSource(
        AzureContext context,
        CompletableFuture<Fact<ArmObject>> cluster,
        CompletableFuture<Fact<List<JsonNode>>> pools,
        CompletableFuture<Fact<Map<String, VmSize>>> sizes) {
    static FactSource of(AzureContext context) {
        return new FactSource(
                context,
                Facts.of(context.find(ArmType.CLUSTER, context.clusterId()))
                        .thenApply(found -> found.map(cluster -> cluster.orElseThrow(() -> missing(context)))),
                Facts.of(context.async(() -> context.arm()
                        .list(
                                ArmType.AGENT_POOL.action("read"),
                                context.clusterId() + "/agentPools",
                                ArmType.AGENT_POOL.apiVersion()))),
                Facts.of(OffersReader.sizes(context)));
    }

    private static CloudException missing(AzureContext context) {
        return CloudException.builder(CloudError.NOT_FOUND, ArmType.CLUSTER.action("read"))
                .code("ResourceNotFound")
                .message("there is no AKS cluster " + context.name() + " in resource group " + context.group())
                .remedy("Check the name, the region and the subscription: az aks list.")
                .build();
    }
}
