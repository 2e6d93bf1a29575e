// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;

/**
 * Issue 14: two processes destroy the same backend, both with exactly the permissions for it. What the other one has deleted is gone, also
 * where a policy, which has no tags to go by then, denies the call.
 */
class TwoDestructionsTest {
    private static BackendSpec spec(String cloud) {
        Map<String, List<String>> places = Map.of(
                "aws", List.of("us-west-2", "m7i.2xlarge"),
                "gcp", List.of("us-central1", "n2-standard-8"),
                "azure", List.of("eastus2", "Standard_D8s_v5"));
        List<String> place = places.getOrDefault(cloud, List.of());
        return BackendSpec.builder("train")
                .on(cloud, place.get(0))
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(place.get(1)).scale(1, 2))
                .build();
    }

    private static EmulatedCloud cloud(EmulatedClouds clouds, String cloud) {
        return switch (cloud) {
            case "aws" -> clouds.aws();
            case "gcp" -> clouds.gcp();
            default -> clouds.azure();
        };
    }

    /** Lets the next apply begin as in another process: within one, they wait for each other. */
    private static void asInAnotherProcess() throws ReflectiveOperationException {
        Class<?> lock = Class.forName("io.osmo.backend.internal.engine.LocalLock");
        Field one = lock.getDeclaredField("JVM");
        Field tails = lock.getDeclaredField("tails");
        one.setAccessible(true);
        tails.setAccessible(true);
        ((Map<?, ?>) tails.get(one.get(null))).clear();
    }

    /** @param seconds by which the second one begins later */
    @ParameterizedTest
    @CsvSource({
        "aws, 0",
        "aws, 1",
        "aws, 30",
        "aws, 300",
        "gcp, 0",
        "gcp, 1",
        "gcp, 30",
        "gcp, 300",
        "azure, 0",
        "azure, 1",
        "azure, 30",
        "azure, 300"
    })
    void both_end_well_and_nothing_is_left(String name, int seconds) throws ReflectiveOperationException {
        BackendSpec spec = spec(name);
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends one = clouds.open();
                OsmoBackends other = clouds.open()) {
            EmulatedCloud cloud = cloud(clouds, name);
            one.apply(one.plan(spec));
            cloud.allowOnly(one.permissions(spec, Use.DESTROY));
            Plan first = one.planDestroy(spec.ref());
            Plan second = other.planDestroy(spec.ref());

            ApplyHandle begun = one.start(first, ApplyOptions.defaults());
            clouds.time().advance(Duration.ofSeconds(seconds));
            asInAnotherProcess();
            ApplyHandle too = other.start(second, ApplyOptions.defaults());
            begun.await();
            too.await();

            assertThat(other.get(spec.ref())).isEmpty();
        }
    }

    /** IAM denies the deletion of a role that is gone, since it has no tags that the policy could go by. */
    @Test
    void a_denial_counts_as_gone_once_a_read_finds_nothing() {
        BackendSpec spec = spec("aws");
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open();
                AwsClients other =
                        clouds.aws().open("us-west-2", EksSettings.builder().build())) {
            osmo.apply(osmo.plan(spec));
            clouds.aws().allowOnly(osmo.permissions(spec, Use.DESTROY));
            AtomicBoolean done = new AtomicBoolean();
            clouds.aws()
                    .faults()
                    .onCalls(call -> {
                        if (call.operation().equals("iam:DeleteRole") && !done.getAndSet(true)) {
                            var unused = other.iam().deleteRole((DeleteRoleRequest) call.request());
                        }
                        return false;
                    })
                    .deny();

            osmo.apply(osmo.planDestroy(spec.ref()));

            assertThat(done).isTrue();
            assertThat(osmo.get(spec.ref())).isEmpty();
        }
    }

    @Test
    void a_denial_is_told_if_the_object_is_still_there() {
        BackendSpec spec = spec("aws");
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(spec));
            clouds.aws().denyAction("iam:DeleteRole");

            assertThatThrownBy(() -> osmo.apply(osmo.planDestroy(spec.ref())))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("iam:DeleteRole");
        }
    }
}
