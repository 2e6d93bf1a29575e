// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.helm.internal.files.FileTree;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The child process: reads a request, answers it and ends. Its working directory is the folder of the request. If the host dies, the
 * standard input ends, and so does this process, with its folder.
 */
public final class RenderMain {
    private static final int HOST_DIED = 3;

    private RenderMain() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        ObjectMapper json = new ObjectMapper();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        if (line == null) {
            endWithHost(in, folder);
            return;
        }
        CompletableFuture.runAsync(() -> endWithHost(in, folder));
        byte[] answer = json.writeValueAsBytes(answer(json.readValue(line, RenderRequest.class), folder));
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(answer);
        }
        // The native library has threads of its own; the host deletes the files.
        Runtime.getRuntime().halt(0);
    }

    private static RenderAnswer answer(RenderRequest request, Path folder) {
        try {
            return new Rendering(request, folder).answer();
        } catch (IOException | RuntimeException | LinkageError e) {
            return RenderAnswer.failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static void endWithHost(BufferedReader in, Path folder) {
        try {
            while (in.read() >= 0) {
                // The host says nothing more.
            }
        } catch (IOException e) {
            // The same as the end of the input.
        }
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            // The operating system cleans its temporary folder.
        }
        Runtime.getRuntime().halt(HOST_DIED);
    }
}
