// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendRef;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendTest {
    private static final BackendRef REF = new BackendRef("aws", "us-west-2", "train");

    private static Backend backend(Optional<ClusterAccess> access, List<Leftover> leftovers) {
        return new Backend(REF, Optional.empty(), access, leftovers, () -> {
            throw new AssertionError("printing reads no cloud");
        });
    }

    @Test
    void it_prints_how_to_reach_its_cluster_and_no_token() {
        ClusterAccess access = new ClusterAccess("train", URI.create("https://train.example"), Optional.empty(), () -> {
            throw new AssertionError("printing asks for no token");
        });

        assertThat(backend(Optional.of(access), List.of())).hasToString("""
                Backend aws/us-west-2/train
                  cluster train at https://train.example""");
    }

    @Test
    void it_prints_what_a_destruction_has_left_behind() {
        Leftover volume = new Leftover("volume", "vol-1", "retained by its storage class", true);

        assertThat(backend(Optional.empty(), List.of(volume))).hasToString("""
                Backend aws/us-west-2/train
                  left behind: volume vol-1: retained by its storage class (costs money)""");
    }
}
