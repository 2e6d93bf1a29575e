// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.child;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Asks Helm twice. The first answer is the manifest: what Helm would install, in its order. It has neither hooks nor definitions nor
 * notes, so the second question is for the same chart with a template that is no YAML: Helm then shows everything that it rendered,
 * for debugging.
 *
 * @see <a href="https://github.com/helm/helm/blob/v3.21.0/pkg/action/action.go">Helm: renderResources in action.go</a>
 */
final class Rendering {
    /** In characters. The largest known chart renders 2 million with its definitions; a release holds 1 MiB, compressed. */
    static final int LONGEST = 16 << 20;

    /** What helm-java adds about an option of the command line. */
    private static final String HINT = "\n\nUse --debug flag to render out invalid YAML";

    private final RenderRequest request;
    private final Path folder;

    Rendering(RenderRequest request, Path folder) {
        this.request = request;
        this.folder = folder;
    }

    RenderAnswer answer() throws IOException {
        String kubeconfig = request.kubeconfig();
        if (kubeconfig != null) {
            return answer(kubeconfig);
        }
        try (EmptyCluster cluster = EmptyCluster.start()) {
            return answer(cluster.kubeconfig());
        }
    }

    /** The host has named the file in the environment, which Helm reads when it is loaded. */
    private RenderAnswer answer(String kubeconfig) throws IOException {
        Path file = folder.resolve("kubeconfig");
        createPrivately(file);
        Files.writeString(file, kubeconfig);
        String manifest;
        try {
            manifest = text(template(request.chart()));
        } catch (IllegalStateException e) {
            return RenderAnswer.refused(String.valueOf(e.getMessage()).replace(HINT, ""));
        }
        String inventory = inventory();
        int length = Math.max(manifest.length(), inventory.length());
        return length > LONGEST
                ? RenderAnswer.refused("it renders " + length + " characters; at most " + LONGEST + " are accepted")
                : new RenderAnswer(manifest, inventory, null, null);
    }

    /** The folder is this user's alone already, and the file is gone with it; Helm warns of one that others could read. */
    private static void createPrivately(Path file) throws IOException {
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private String inventory() {
        try {
            return text(template(request.inventory()).debug());
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** helm-java returns null for a chart that renders nothing. */
    private static String text(TemplateCommand template) {
        return Objects.requireNonNullElse(template.call(), "");
    }

    private TemplateCommand template(String chart) {
        return new Helm(folder.resolve(chart))
                .template()
                .withName(request.name())
                .withNamespace(request.namespace())
                .withKubeVersion(request.kubernetesVersion())
                .withValuesFile(folder.resolve(request.values()));
    }
}
