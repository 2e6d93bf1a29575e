// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What Helm keeps in the Secret of a release: JSON, zipped, in Base64, in the Base64 of Secrets. */
record HelmContent(String json) {
    static HelmContent of(Secret record) {
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] zipped = base64.decode(base64.decode(record.getData().get("release")));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return new HelmContent(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HelmContent replace(String before, String after) {
        return new HelmContent(json.replace("\"" + before + "\"", "\"" + after + "\""));
    }

    String encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(base64.encode(bytes.toByteArray()));
    }
}
