// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account whose every call is throttled is told as that, whatever asks: nothing is said to be missing, and nothing to be good. */
class ThrottledReadsTest {
    @ParameterizedTest
    @ValueSource(strings = {Refused.AWS, Refused.GCP, Refused.AZURE})
    void what_is_throttled_is_neither_missing_nor_good(String provider) {
        BackendSpec spec = Refused.spec(provider);
        try (EmulatedClouds clouds = Refused.clouds();
                OsmoBackends osmo = clouds.open();
                OsmoBackends another = clouds.open()) {
            Backend backend = osmo.apply(osmo.plan(spec));
            Refused.faults(clouds, provider).onCalls(call -> true).throttle();

            Map<String, ThrowingCallable> asking = Map.of(
                    "plan", () -> osmo.plan(spec),
                    "planDestroy", () -> osmo.planDestroy(spec.ref()),
                    "get", () -> osmo.get(spec.ref()),
                    "list", () -> osmo.list(provider, spec.region()),
                    "leftovers", () -> osmo.leftovers(spec.ref()),
                    "diagnose", () -> osmo.diagnose(spec.ref()));
            asking.forEach((call, asks) -> {
                CloudException told = catchThrowableOfType(CloudException.class, asks);
                assertThat(told).as(call).isNotNull();
                assertThat(told.error()).as(call + ": " + told).isEqualTo(CloudError.THROTTLED);
                assertThat(told.remedy()).as(call).contains("later").doesNotContain("status", "Dashboard", "login");
            });
            // One that has read nothing before.
            assertThat(another.preflight(spec).findings())
                    .isNotEmpty()
                    .allMatch(finding -> finding.status() == PreflightFinding.Status.UNKNOWN);
            Set<String> ofTheCloud = BackendVerifier.standard().checks().stream()
                    .filter(check -> check.vantages().contains(Vantage.CLOUD))
                    .map(Check::id)
                    .collect(Collectors.toSet());
            assertThat(BackendVerifier.standard().verify(backend).findings())
                    .filteredOn(finding -> ofTheCloud.contains(finding.check()) && finding.status() != Status.SKIPPED)
                    .isNotEmpty()
                    .allMatch(finding -> finding.status() == Status.UNKNOWN);
        }
    }
}
