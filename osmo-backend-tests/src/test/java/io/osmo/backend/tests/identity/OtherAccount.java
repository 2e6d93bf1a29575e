// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;

/** A backend in another account than the one that the entry point uses without a spec. */
public final class OtherAccount {
    private OtherAccount() {}

    /**
     * Creates it, and sees that its spec finds and destroys it, while its reference finds nothing.
     *
     * @param there names the other account in its settings
     * @param own id of the account of the entry point
     * @param other id of the other account
     */
    public static void foundBySpec(OsmoBackends osmo, BackendSpec there, String own, String other) {
        osmo.apply(osmo.plan(there));

        assertThat(osmo.planDestroy(there.ref())).satisfies(elsewhere -> {
            assertThat(elsewhere.isEmpty()).isTrue();
            assertThat(elsewhere.account()).contains(own);
        });
        assertThat(osmo.get(there)).isPresent();
        assertThat(osmo.leftovers(there)).isNotEmpty();

        Plan plan = osmo.planDestroy(there);
        assertThat(plan.account()).contains(other);
        osmo.apply(plan);
    }
}
