// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.ChosenZones;
import io.osmo.backend.aws.internal.catalog.MachineRules;
import io.osmo.backend.aws.internal.catalog.OffersReader;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.aws.internal.network.SubnetReader;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether the zones of each pool sell its instance types, and where else they are sold. */
final class InstanceTypesCheck extends PreflightCheck {
    InstanceTypesCheck() {
        super("instance-types", Requirement.CN_1);
    }

    @Override
    CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec) {
        return Reading.all(List.of(
                        new OffersReader().read(aws, Optional.of(spec)),
                        // Zones in which subnets stand already stay those of the backend.
                        new SubnetReader().read(aws, Optional.of(spec))))
                .thenApply(reading -> judge(spec, reading.toInventory()));
    }

    private List<PreflightFinding> judge(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = MachineRules.check(spec, inventory);
        if (!violations.isEmpty()) {
            return violations.stream().map(this::fail).toList();
        }
        List<String> zones = NetworkLayout.of(spec, inventory).zones();
        return spec.pools().stream()
                .map(pool -> sold(pool, ChosenZones.of(pool, zones, inventory)))
                .toList();
    }

    private PreflightFinding sold(NodePool pool, List<String> zones) {
        return pass("pool " + pool.name() + ": " + String.join(", ", PoolTypes.of(pool)) + " sold in "
                + String.join(", ", zones));
    }
}
