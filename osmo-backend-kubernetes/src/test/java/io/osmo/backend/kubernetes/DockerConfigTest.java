// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Secret;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigTest {
    private static final Secret PASSWORD = Secret.of("registry", () -> "pass\"word");

    @ParameterizedTest
    @CsvSource({
        "nvcr.io, nvcr.io",
        "registry.example.com:5000, registry.example.com:5000",
        "docker.io, https://index.docker.io/v1/",
        "index.docker.io, https://index.docker.io/v1/"
    })
    void credentials_stand_under_the_key_that_the_kubelet_looks_for(String registry, String key) {
        assertThat(DockerConfig.json(registry, "user", PASSWORD)).startsWith("{\"auths\":{\"" + key + "\":{");
    }

    @ParameterizedTest
    @CsvSource({
        "nvcr.io, nvcr.io",
        "https://registry.example.com:5000/v2/, registry.example.com:5000",
        "https://index.docker.io/v1/, docker.io",
        "registry-1.docker.io, docker.io"
    })
    void a_key_is_read_as_the_registry_that_images_name(String key, String registry) {
        assertThat(DockerConfig.registryOf(key)).isEqualTo(registry);
    }

    @Test
    void a_credential_is_the_same_text_in_every_run() {
        String auth = Base64.getEncoder().encodeToString("$oauthtoken:pass\"word".getBytes());

        assertThat(DockerConfig.json("nvcr.io", "$oauthtoken", PASSWORD))
                .isEqualTo("{\"auths\":{\"nvcr.io\":{\"auth\":\"" + auth
                        + "\",\"password\":\"pass\\\"word\",\"username\":\"$oauthtoken\"}}}");
    }
}
