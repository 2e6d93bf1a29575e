// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.network.ExistingNetworkCheck;
import io.osmo.backend.aws.internal.network.SubnetReader;
import io.osmo.backend.aws.internal.network.VpcReader;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether a network that the spec names can be used as it is. */
final class ExistingNetwork extends PreflightCheck {
    ExistingNetwork() {
        super("network", Requirement.NW_1);
    }

    @Override
    CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec) {
        Optional<String> vpc = spec.network().existingId();
        if (vpc.isEmpty()) {
            return none();
        }
        return Reading.all(List.of(
                        new VpcReader().read(aws, Optional.of(spec)), new SubnetReader().read(aws, Optional.of(spec))))
                .thenApply(reading -> {
                    List<Violation> violations = ExistingNetworkCheck.check(spec, reading.toInventory());
                    return violations.isEmpty()
                            ? List.of(pass(vpc.get() + " with "
                                    + spec.network().existingSubnetIds().size()
                                    + " subnets: zones, free addresses and ways out suffice"))
                            : violations.stream().map(this::fail).toList();
                });
    }
}
