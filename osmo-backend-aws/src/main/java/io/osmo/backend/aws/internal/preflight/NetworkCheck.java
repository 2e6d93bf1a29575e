// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.network.SubnetReader;
import io.osmo.backend.aws.internal.network.VpcReader;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Optional;

/** Whether a network that the spec names can be used as it is. */
final class NetworkCheck extends RulesCheck<AwsContext> {
    NetworkCheck() {
        super(
                "network",
                Optional.of(Requirement.NW_1),
                "",
                List.of("network.existing"),
                List.of(VpcReader.INSTANCE, SubnetReader.INSTANCE));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AwsContext> survey, Inventory inventory) {
        Network network = survey.spec().network();
        return network
                .existingId()
                .map(vpc -> pass(vpc + " with " + network.existingSubnetIds().size()
                        + " subnets: zones, free addresses and ways out suffice"))
                .stream()
                .toList();
    }
}
