// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.files;

import io.osmo.backend.error.ChartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for one rendering that only this user can read. Closing deletes it. */
public final class WorkFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);

    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    /** @throws ChartException if there is no usable temporary folder */
    public static WorkFolder create() {
        Path path;
        try {
            path = Files.createTempDirectory(
                            "osmo-backend-helm-" + ProcessHandle.current().pid() + "-")
                    .toRealPath();
        } catch (IOException e) {
            throw new ChartException(
                    "a folder for the rendering of charts cannot be created in " + System.getProperty("java.io.tmpdir"),
                    "Make room there, or start the JVM with -Djava.io.tmpdir naming another folder.",
                    e);
        }
        return new WorkFolder(path);
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            FileTree.delete(path);
        } catch (IOException e) {
            LOG.warn(
                    "The temporary folder {} could not be deleted: {}",
                    path,
                    e.getClass().getSimpleName());
        }
    }
}
