// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigSourceTest {
    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "/dev/zero", "/", "/nowhere/config"})
    void a_setting_that_names_no_kubeconfig_is_refused(String path) {
        ExistingSettings settings = ExistingSettings.defaults().withKubeconfig(path);

        assertThatThrownBy(() -> new KubeconfigSource().access(settings)).isInstanceOf(KubeconfigException.class);
    }
}
