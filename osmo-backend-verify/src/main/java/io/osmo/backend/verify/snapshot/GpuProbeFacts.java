// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * What a container that requested one GPU of a pool saw.
 *
 * @param name the pool
 * @param sight unknown when the pod was not placed, such as when all GPUs are in use, or did not run to its end
 */
public record GpuProbeFacts(String name, Fact<Sight> sight) {
    /**
     * @param exit exit code of nvidia-smi; 0 on success
     * @param gpus name and driver version of each, such as {@code Tesla T4, 580.82.07}
     * @param said its output when it failed
     */
    public record Sight(int exit, List<String> gpus, String said) {
        public Sight {
            gpus = List.copyOf(gpus);
        }
    }

    @Override
    public String toString() {
        return "pool/" + name;
    }
}
