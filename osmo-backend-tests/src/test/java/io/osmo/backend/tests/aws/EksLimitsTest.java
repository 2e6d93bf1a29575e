// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What just fits AWS's limits is applied in one go; {@code bad-specs.txt} has what does not. */
class EksLimitsTest {
    @Test
    void as_many_tags_as_an_auto_scaling_group_takes_are_set() {
        try (EksBackend backend = new EksBackend()) {
            BackendSpec spec = spec(s -> {
                IntStream.range(0, 37).forEach(i -> s.tag("Cost center @" + i, "a+b=c/" + i));
                return s.changePool("cpu", p -> p.label("team", "blue").label("stage", "test"));
            });

            backend.applied(spec);

            assertThat(backend.aws().inventory()).contains("auto-scaling-group 1-2 tags 50");
        }
    }

    @Test
    void a_pinned_add_on_that_fits_passes_preflight_and_is_installed() {
        try (EksBackend backend = new EksBackend()) {
            BackendSpec spec = spec(s -> s.settings(EksSettings.builder()
                    .addonVersion("coredns", "v1.13.2-eksbuild.1")
                    .build()));

            assertThat(backend.osmo.preflight(spec).findings())
                    .filteredOn(finding -> finding.check().equals("preflight.addons"))
                    .extracting(PreflightFinding::message)
                    .containsExactly("EKS offers coredns v1.13.2-eksbuild.1");
            backend.applied(spec);
            assertThat(backend.aws().inventory()).anyMatch(line -> line.contains("coredns v1.13.2-eksbuild.1"));
        }
    }
}
