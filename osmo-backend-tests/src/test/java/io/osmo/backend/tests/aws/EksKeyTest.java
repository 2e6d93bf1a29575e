// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.NAME;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.fault.Call;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.KeyState;

/** The key of a backend is repaired, never replaced: what it has encrypted is lost with it. */
class EksKeyTest {
    private static final String ALIAS = "alias/osmo-backend/" + NAME;

    private static String key(EksBackend backend) {
        return backend.clients()
                .kms()
                .describeKey(r -> r.keyId(ALIAS))
                .keyMetadata()
                .keyId();
    }

    private static KeyState state(EksBackend backend, String key) {
        return backend.clients()
                .kms()
                .describeKey(r -> r.keyId(key))
                .keyMetadata()
                .keyState();
    }

    private static List<String> changes(EksBackend backend) {
        return backend.aws().calls().stream()
                .filter(call -> !call.reads())
                .map(Call::operation)
                .toList();
    }

    @Test
    void a_disabled_key_is_enabled() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            String key = key(backend);
            backend.clients().kms().disableKey(r -> r.keyId(key));
            backend.aws().forgetCalls();

            Plan plan = backend.osmo.plan(spec());
            assertThat(EksBackend.ids(plan)).containsExactly("UPDATE kms-key/main");
            backend.applied(spec());

            assertThat(changes(backend)).containsExactly("kms:EnableKey");
            assertThat(state(backend, key)).isEqualTo(KeyState.ENABLED);
        }
    }

    /** The backend's own key counted as the one that the spec names, and was deleted because the spec does not want it. */
    @Test
    void a_name_of_a_key_that_does_not_exist_does_not_cost_the_one_in_use() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            String none = "arn:aws:kms:us-west-2:123456789012:key/00000000-0000-4000-8000-000000000000";

            assertThatThrownBy(() -> backend.osmo.plan(spec(s -> s.encryption(e -> e.existingKey(none)))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("a key that exists");
        }
    }

    @Test
    void a_key_in_its_deletion_window_is_kept() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            String key = key(backend);
            backend.clients().kms().scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
            backend.aws().forgetCalls();

            backend.applied(spec());

            assertThat(changes(backend)).containsExactly("kms:CancelKeyDeletion", "kms:EnableKey");
            assertThat(state(backend, key)).isEqualTo(KeyState.ENABLED);
        }
    }

    @Test
    void a_key_that_was_scheduled_and_lost_its_alias_is_refused_not_replaced() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            String key = key(backend);
            backend.clients().kms().scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
            backend.clients().kms().deleteAlias(r -> r.aliasName(ALIAS));
            backend.aws().forgetCalls();

            assertThatThrownBy(() -> backend.osmo.plan(spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining(key);
            assertThat(changes(backend)).isEmpty();
        }
    }

    @Test
    void a_disabled_key_is_enabled_before_more_nodes_need_it() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            backend.clients().kms().disableKey(r -> r.keyId(key(backend)));
            BackendSpec more = spec(s ->
                    s.computePool("more", p -> p.instanceType("m7i.2xlarge").scale(2, 4)));

            backend.applied(more);

            assertThat(backend.aws().inventory()).anyMatch(line -> line.startsWith("node-group more 1.35 ACTIVE"));
        }
    }

    @Test
    void a_rebuilt_backend_gets_a_key_of_its_own() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            String old = key(backend);
            backend.destroyed();

            backend.applied(spec());

            assertThat(key(backend)).isNotEqualTo(old);
            assertThat(state(backend, old)).isEqualTo(KeyState.PENDING_DELETION);
        }
    }

    @Test
    void a_destruction_takes_a_disabled_key_too() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            String key = key(backend);
            backend.clients().kms().disableKey(r -> r.keyId(key));

            backend.destroyed();

            assertThat(backend.remains()).isEmpty();
            assertThat(state(backend, key)).isEqualTo(KeyState.PENDING_DELETION);
        }
    }
}
