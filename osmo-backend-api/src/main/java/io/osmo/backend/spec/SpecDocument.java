// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Position;
import io.osmo.backend.internal.spec.DiscoveredSettings;
import io.osmo.backend.internal.spec.SpecReader;

/**
 * A spec together with the text that it was read from, so that violations that are only found by a plan can be reported with line and
 * column. Violations found while reading already have positions. Not safe for concurrent use.
 *
 * <pre>{@code
 * SpecDocument document = SpecDocument.fromYaml(text);
 * try {
 *     osmo.plan(document.spec());
 * } catch (InvalidSpecException e) {
 *     throw document.locate(e);
 * }
 * }</pre>
 */
public final class SpecDocument {
    private final SpecReader.Read read;

    private SpecDocument(SpecReader.Read read) {
        this.read = read;
    }

    /**
     * Like {@link BackendSpec#fromYaml(String)}.
     *
     * @throws InvalidSpecException with all violations and their positions
     */
    public static SpecDocument fromYaml(String text) {
        return new SpecDocument(SpecReader.yaml(text, new DiscoveredSettings()));
    }

    /**
     * Like {@link BackendSpec#fromJson(String)}.
     *
     * @throws InvalidSpecException with all violations and their positions
     */
    public static SpecDocument fromJson(String text) {
        return new SpecDocument(SpecReader.json(text, new DiscoveredSettings()));
    }

    public BackendSpec spec() {
        return read.spec();
    }

    /**
     * The position of a field, which is where its name begins.
     *
     * @param path path of the field, such as {@code computePools[1].scale.max}
     * @return for a missing field, the position of the object that it would be part of
     */
    public Position position(String path) {
        return read.positions().of(path);
    }

    /** The same violations with their positions. */
    public InvalidSpecException locate(InvalidSpecException violations) {
        return violations.located(this::position);
    }

    /** The backend that the document describes. */
    @Override
    public String toString() {
        return "SpecDocument[" + spec().ref() + "]";
    }
}
