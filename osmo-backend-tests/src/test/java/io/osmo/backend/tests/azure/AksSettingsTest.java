// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every setting that is changed later is changed in Azure, or refused by the plan; none is ignored. Issue 12, A5. */
class AksSettingsTest {
    private static final String ADMINS = "0c0ffee0-0000-4000-a000-000000000009";

    private static BackendSpec with(UnaryOperator<AksSettings.Builder> how) {
        return spec(s -> s.settings(how.apply(AksSettings.builder()).build()));
    }

    @Test
    void what_aks_changes_in_place_is_changed_and_taken_back() {
        List<BackendSpec> edits = List.of(
                with(s -> s.tier(Tier.PREMIUM)),
                with(s -> s.adminGroups(ADMINS)),
                with(s -> s.systemNodes(4)),
                with(s -> s.localAccounts(true).upgradeChannel("patch")));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            for (BackendSpec edit : edits) {
                assertThat(backend.osmo.plan(edit).disruption()).isEqualTo(Disruption.NONE);
                backend.applied(edit);
                assertThat(backend.osmo.plan(spec()).changes())
                        .as(edit.settings().toString())
                        .isNotEmpty();
            }
            backend.applied(spec());
        }
    }

    @Test
    void another_operating_system_rolls_the_nodes() {
        BackendSpec linux = with(s -> s.nodeOsSku("AzureLinux"));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            assertThat(backend.osmo.plan(linux).changes())
                    .hasSize(3)
                    .allMatch(change -> change.disruption() == Disruption.ROLLING);
        }
    }

    @Test
    void what_aks_fixes_at_creation_is_refused_with_the_field() {
        BackendSpec closed = spec(s -> s.apiEndpoint(api -> api.privateOnly()));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(closed);
            refused(backend, closed, s -> s.nodeResourceGroup("other"), "settings.nodeResourceGroup: ");
            assertThat(backend.osmo.plan(closed).changes()).isEmpty();
        }
        BackendSpec none = spec(s -> s.apiEndpoint(api -> api.privateOnly())
                .settings(AksSettings.builder().privateDnsZone("none").build()));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(none);
            refused(backend, none, s -> s, "settings.privateDnsZone: none -> system");
        }
    }

    private static void refused(
            AksBackend backend, BackendSpec spec, UnaryOperator<AksSettings.Builder> how, String field) {
        BackendSpec changed = spec(s -> s.apiEndpoint(api -> api.privateOnly())
                .settings(how.apply(AksSettings.builder()).build()));
        assertThatThrownBy(() -> backend.osmo.plan(changed))
                .isInstanceOf(UnsupportedChangeException.class)
                .hasMessageContaining(field);
    }

    @Test
    void a_backend_is_not_made_a_second_time_in_another_resource_group() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.rest().made("resourceGroups/other", "{`location`:`" + REGION + "`}");

            assertThatThrownBy(() -> backend.osmo.plan(with(s -> s.resourceGroup("other"))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("settings.resourceGroup")
                    .hasMessageContaining(AksBackend.GROUP);
        }
    }

    @Test
    void days_that_the_vault_does_not_keep_are_told() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            Plan plan = backend.osmo.plan(with(s -> s.vaultRetentionDays(7)));
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.warnings())
                    .anyMatch(text -> text.contains("vaultRetentionDays is 7") && text.contains("keeps 90"));
        }
    }
}
