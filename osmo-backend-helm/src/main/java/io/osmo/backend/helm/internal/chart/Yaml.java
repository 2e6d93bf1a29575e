// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the YAML of charts and repositories. Aliases are not expanded: none can grow. */
public final class Yaml {
    /** The index of a repository with all its versions may have tens of MiB. */
    private static final int LONGEST = 64 << 20;

    private static final ObjectMapper MAPPER =
            new ObjectMapper(YAMLFactory.builder().loaderOptions(options()).build());

    private Yaml() {}

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        return options;
    }

    /** The first document; a missing node when there is none. */
    public static JsonNode read(byte[] text) throws IOException {
        return MAPPER.readTree(text);
    }

    /** The first document; a missing node when there is none. */
    public static JsonNode read(String text) throws IOException {
        return MAPPER.readTree(text);
    }
}
