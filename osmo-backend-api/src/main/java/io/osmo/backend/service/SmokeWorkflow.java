// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.time.Duration;
import java.util.Optional;

/**
 * A small workflow that proves that a pool runs work, modeled on those of OSMO's deployment scripts.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/tree/main/deployments/workflows">workflows of OSMO's deployment scripts</a>
 */
public enum SmokeWorkflow {
    /** One task that prints a line. Uses an image from Docker Hub; may take 5 minutes. */
    HELLO("smoke-hello", 0, 1, "docker.io/library/alpine:3.20", "echo OSMO runs", Duration.ofMinutes(5)),
    /** One task that lists its GPU. Uses an image from nvcr.io; may take 25 minutes, so that an empty pool can start a machine. */
    GPU("smoke-gpu", 1, 4, "nvcr.io/nvidia/cuda:12.4.1-base-ubuntu22.04", "nvidia-smi", Duration.ofMinutes(25));

    private final String id;
    private final int gpus;
    private final int memoryGib;
    private final String image;
    private final String command;
    private final Duration patience;

    SmokeWorkflow(String id, int gpus, int memoryGib, String image, String command, Duration patience) {
        this.id = id;
        this.gpus = gpus;
        this.memoryGib = memoryGib;
        this.image = image;
        this.command = command;
        this.patience = patience;
    }

    /** Time limit from the submission to the end of the workflow. */
    public Duration patience() {
        return patience;
    }

    /**
     * The workflow in OSMO's YAML.
     *
     * @param platform platform of the pool; empty for its default platform
     */
    public String yaml(Optional<String> platform) {
        return """
                workflow:
                  name: %s
                  timeout: {exec_timeout: 5m, queue_timeout: %dm}
                  resources:
                    default: {cpu: 1, gpu: %d, memory: %dGi, storage: 1Gi%s}
                  tasks:
                  - name: task
                    image: %s
                    command: [sh, -c]
                    args: ["%s"]
                """.formatted(
                        id,
                        patience.toMinutes(),
                        gpus,
                        memoryGib,
                        platform.map(name -> ", platform: " + name).orElse(""),
                        image,
                        command);
    }
}
