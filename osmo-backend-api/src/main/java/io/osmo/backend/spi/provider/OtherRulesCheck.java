// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Optional;

/**
 * The rules that a plan holds against the cloud's answers and that no other check judges: the plan would refuse the spec for them.
 *
 * @param <C> one backend of one cloud
 */
final class OtherRulesCheck<C extends ProviderContext> extends RulesCheck<C> {
    private final List<PreflightCheck<C>> others;

    OtherRulesCheck(List<PreflightCheck<C>> others) {
        super("spec", Optional.empty(), "", List.of());
        this.others = List.copyOf(others);
    }

    @Override
    protected boolean judges(Violation violation) {
        return others.stream().noneMatch(check -> check instanceof RulesCheck<C> rules && rules.judges(violation));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<C> survey, Inventory inventory) {
        return List.of();
    }
}
