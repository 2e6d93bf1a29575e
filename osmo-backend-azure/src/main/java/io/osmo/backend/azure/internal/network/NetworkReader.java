// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.network;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the network of the backend, or the existing one that the spec names. */
public final class NetworkReader implements Reader<AzureContext> {
    public static final NetworkReader INSTANCE = new NetworkReader();

    private NetworkReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        Needs network = Needs.reading(ArmType.VIRTUAL_NETWORK.action("read"));
        return spec.flatMap(wanted -> wanted.network().existingId()).isPresent()
                ? network
                : network.read(ArmType.NAT_GATEWAY.action("read"), ArmType.PUBLIC_IP.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        Optional<BackendSpec> spec = observation.spec();
        Optional<String> existing = spec.flatMap(s -> s.network().existingId());
        if (existing.isPresent()) {
            return context.find(ArmType.VIRTUAL_NETWORK, existing.get())
                    .thenApply(found -> Found.existing(VirtualNetwork.ID, found));
        }
        return Reading.all(List.of(
                context.find(ArmType.VIRTUAL_NETWORK, VirtualNetwork.armId(context))
                        .thenApply(found -> Found.named(context, VirtualNetwork.ID, found)),
                context.find(ArmType.NAT_GATEWAY, NatGateway.armId(context))
                        .thenApply(found -> Found.named(context, NatGateway.ID, found)),
                context.find(ArmType.PUBLIC_IP, PublicIp.armId(context))
                        .thenApply(found -> Found.named(context, PublicIp.ID, found))));
    }
}
