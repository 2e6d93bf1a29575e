// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.ChosenZones;
import io.osmo.backend.aws.internal.catalog.Offers;
import io.osmo.backend.aws.internal.catalog.OffersReader;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.aws.internal.network.SubnetReader;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the zones of each pool sell its instance types, where else they are sold, and whether EC2 still recommends them.
 *
 * @see <a href="https://aws.amazon.com/ec2/previous-generation/">EC2: previous generation instances</a>
 */
final class InstanceTypesCheck extends RulesCheck<AwsContext> {
    InstanceTypesCheck() {
        super(
                "instance-types",
                Optional.of(Requirement.CN_1),
                "",
                List.of("operatorPool", "computePools", "network.zone", "settings.pools"),
                // Zones that already have subnets remain those of the backend.
                List.of(OffersReader.INSTANCE, SubnetReader.INSTANCE));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AwsContext> survey, Inventory inventory) {
        BackendSpec spec = survey.spec();
        List<String> zones = NetworkLayout.of(spec, inventory).zones();
        return spec.pools().stream()
                .map(pool -> finding(
                        "pool " + pool.name() + ": " + String.join(", ", PoolTypes.of(pool)) + " sold in "
                                + String.join(", ", ChosenZones.of(pool, zones, inventory)),
                        inventory.attachment(Offers.class).stream()
                                .flatMap(offers -> Stream.concat(
                                        offers.previousGenerations(pool).stream(),
                                        offers.generationsNotTold(pool).stream()))
                                .toList()))
                .toList();
    }

    private PreflightFinding finding(String sold, List<String> generations) {
        return generations.isEmpty()
                ? pass(sold)
                : warn(
                        sold + "; " + String.join(", ", generations),
                        "Plan for types of the current generation: https://aws.amazon.com/ec2/previous-generation/ names them.");
    }
}
