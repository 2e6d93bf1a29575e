// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A chart that a test writes, file by file. */
public final class TestChart {
    private final String name;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<TestChart> dependencies = new ArrayList<>();

    public TestChart() {
        this("demo");
    }

    public TestChart(String name) {
        this.name = name;
        file("Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.2.3\nappVersion: \"7.1\"\n");
        file("values.yaml", "greeting: hello\n");
    }

    public TestChart file(String name, String content) {
        files.put(name, content);
        return this;
    }

    /** A template of a ConfigMap with these lines as its data. */
    public TestChart configMap(String name, String... data) {
        return file(
                "templates/" + name + ".yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n  "
                        + String.join("\n  ", data) + "\n");
    }

    public TestChart hook(String name, String events) {
        return file(
                "templates/" + name + ".yaml",
                "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: " + name
                        + "\n  annotations:\n    \"helm.sh/hook\": " + events + "\n");
    }

    public TestChart definition(String name) {
        return file("crds/" + name + ".yaml", "kind: CustomResourceDefinition\nmetadata: {name: " + name + "}\n");
    }

    /** Adds a dependency that a value switches on; its archive is added to that of this chart. */
    public TestChart dependency(TestChart chart) {
        String list = dependencies.isEmpty() ? "dependencies:\n" : "";
        dependencies.add(chart);
        return file(
                "Chart.yaml",
                files.get("Chart.yaml") + list + "- {name: " + chart.name + ", version: 1.2.3, condition: " + chart.name
                        + ".enabled}\n");
    }

    public Path write(Path folder) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] archive() {
        Tar tar = new Tar();
        files.forEach((file, content) -> tar.file(name + "/" + file, content.getBytes(StandardCharsets.UTF_8)));
        dependencies.forEach(chart -> tar.file(name + "/charts/" + chart.name + "-1.2.3.tgz", chart.archive()));
        return tar.gzip();
    }

    /** A tar archive with any entries, good or bad. */
    public static final class Tar {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        public Tar file(String name, byte[] content) {
            return entry(name, '0', "", content);
        }

        public Tar entry(String name, char type, String link, byte[] content) {
            byte[] header = new byte[512];
            put(header, 0, name);
            put(header, 100, "0000644");
            put(header, 124, String.format("%011o", content.length));
            put(header, 136, "00000000000");
            put(header, 148, "        ");
            header[156] = (byte) type;
            put(header, 157, link);
            put(header, 257, "ustar\00000");
            int sum = 0;
            for (byte b : header) {
                sum += b & 0xFF;
            }
            put(header, 148, String.format("%06o\0 ", sum));
            out.writeBytes(header);
            out.writeBytes(content);
            out.writeBytes(new byte[(512 - content.length % 512) % 512]);
            return this;
        }

        private static void put(byte[] header, int start, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, header, start, bytes.length);
        }

        public byte[] gzip() {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(out.toByteArray());
                gzip.write(new byte[1024]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return packed.toByteArray();
        }
    }
}
