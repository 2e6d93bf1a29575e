// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.helm.internal.chart.ChartMetadata;
import io.osmo.backend.helm.internal.chart.Hook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the profiles say; that it is enough for each version is the matter of UpstreamChartsTest. */
class ChartProfileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void an_unknown_chart_gets_no_values_and_keeps_its_hooks() throws Exception {
        ChartProfile profile = profile("demo", "1.2.3");

        assertThat(profile.under(Map.of("a", 1))).isEqualTo(Map.of("a", 1));
        assertThat(profile.makesNeedless(hook("crd-upgrader"))).isFalse();
        assertThat(profile.objects(List.of(hook("kai-config-manifest")))).isEmpty();
    }

    @Test
    void kai_renders_its_config_from_0_17_on() throws Exception {
        assertThat(profile("kai-scheduler", "v0.17.0").under(Map.of()))
                .containsEntry("kaiConfig", Map.of("render", true))
                .containsEntry("kaiConfigDeployer", Map.of("enabled", false));
        assertThat(profile("kai-scheduler", "v0.16.8").under(Map.of()))
                .doesNotContainKeys("kaiConfig", "kaiConfigDeployer");
    }

    @Test
    void what_the_hook_of_kai_would_apply_becomes_an_object() throws Exception {
        ChartProfile profile = profile("kai-scheduler", "v0.14.7");

        assertThat(profile.objects(List.of(hook("crd-upgrader"), hook("kai-config-manifest"))))
                .containsExactly("kind: Config");
        assertThat(profile.makesNeedless(hook("kai-config-manifest"))).isTrue();
        assertThat(profile.makesNeedless(hook("kai-system"))).isFalse();
    }

    @Test
    void values_of_the_spec_win_and_null_stays() throws Exception {
        Map<String, Object> args = new HashMap<>();
        args.put("default-staleness-grace-period", null);

        Map<String, ?> values = profile("kai-scheduler", "v0.16.8")
                .under(Map.of("scheduler", Map.of("args", args), "postCleanup", true));

        JsonNode merged = JSON.valueToTree(values);
        assertThat(merged.at("/scheduler/args"))
                .isEqualTo(JSON.readTree(
                        "{\"default-staleness-grace-period\": null, \"update-pod-eviction-condition\": \"true\"}"));
        assertThat(merged.at("/scheduler/actions/stalegangeviction/enabled")).hasToString("false");
        assertThat(values.get("postCleanup")).isEqualTo(true);
    }

    private static ChartProfile profile(String name, String version) {
        return ChartProfile.of(new ChartMetadata(name, version, Optional.empty(), JSON.createObjectNode()));
    }

    private static Hook hook(String name) throws Exception {
        return new Hook(
                "ConfigMap",
                name,
                List.of("post-install"),
                JSON.readTree("{\"data\": {\"kai-config.yaml\": \"kind: Config\\n\"}}"));
    }
}
