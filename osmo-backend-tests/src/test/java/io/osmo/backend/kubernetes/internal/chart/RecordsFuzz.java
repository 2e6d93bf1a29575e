// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.tests.fuzz.FuzzTarget;
import io.osmo.backend.tests.fuzz.Mutations;
import io.osmo.backend.tests.fuzz.Tries;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever a Secret holds in place of a Helm release is read or left out. It is in this package to see the record. */
class RecordsFuzz extends FuzzTarget {
    private static final Mutations RELEASES = new Mutations(List.of("""
            {"name":"kai","namespace":"kai-scheduler","version":7,"info":{"status":"deployed","first_deployed":"2026-01-02T03:04:05Z"},
            "chart":{"metadata":{"name":"kai-scheduler","version":"v0.14.0"},"files":[{"name":"crds/a.yaml","data":"YTogMQo="}]},
            "config":{"global":{"registry":"r"}},
            "manifest":"---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: a\\n  namespace: k\\ndata: {k: v}\\n"}"""));

    @Property(shrinking = ShrinkingMode.OFF)
    void helm_releases(@ForAll long seed) {
        Tries.parse(
                "HelmRecord",
                RELEASES,
                seed,
                OsmoBackendException.class::isInstance,
                text -> read(text).ifPresent(record -> {
                    assertThat(record.status() + record.chartName() + record.chartVersion() + record.version())
                            .isNotEmpty();
                    assertThat(record.config()).isNotNull();
                    assertThat(record.helmRelease()).isNotNull();
                    assertThat(record.firstDeployed()).isNotNull();
                    assertThat(record.objects()).isNotNull();
                    assertThat(record.definitions()).isNotNull();
                }));
    }

    private static java.util.Optional<HelmRecord> read(String release) {
        Base64.Encoder base64 = Base64.getEncoder();
        byte[] inner = base64.encode(release.getBytes(StandardCharsets.UTF_8));
        return HelmRecord.read(new SecretBuilder()
                .withNewMetadata()
                .withName("sh.helm.release.v1.kai.v7")
                .endMetadata()
                .withType(HelmRecord.TYPE)
                .withData(Map.of("release", base64.encodeToString(inner)))
                .build());
    }
}
