// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.process;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.NativeLibrary;
import com.sun.jna.Native;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.helm.internal.child.RenderMain;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The few jars that the child needs, where this JVM has loaded them from; that may be one jar with everything in it. */
final class ChildClassPath {
    private static final List<Class<?>> NEEDED = List.of(
            RenderMain.class,
            Helm.class,
            HelmLib.class,
            Native.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class);

    private ChildClassPath() {}

    /**
     * The value of {@code java -cp}. Its first entry is a folder that names the native library of this platform: the class path may
     * have those of several, and helm-java takes the first that it finds.
     *
     * @param folder a folder of the child's own
     */
    static String create(Platform platform, Path folder) throws IOException {
        Path services = folder.resolve("META-INF").resolve("services");
        Files.createDirectories(services);
        Files.writeString(services.resolve(NativeLibrary.class.getName()), platform.libraryClass() + "\n");
        Set<Path> path = new LinkedHashSet<>();
        path.add(folder);
        NEEDED.forEach(type -> path.add(location(type)));
        path.add(location(library(platform)));
        return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Class<?> library(Platform platform) {
        try {
            return Class.forName(platform.libraryClass(), false, ChildClassPath.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new ChartException(
                    "charts cannot be rendered: there is no native library for " + platform.os() + " on "
                            + platform.processor() + " on the class path",
                    "Add the dependency " + platform.artifact()
                            + " in the version of helm-java, or render the chart elsewhere and name"
                            + " the file of manifests as its location.",
                    e);
        }
    }

    private static Path location(Class<?> type) {
        @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            URI location = source == null
                    ? URI.create("none:" + type.getName())
                    : source.getLocation().toURI();
            if ("file".equals(location.getScheme())) {
                return Path.of(location);
            }
            throw new ChartException(
                    "charts cannot be rendered: a process of its own needs " + type.getName()
                            + " from a file, but it comes from " + location,
                    "Start the application from its unpacked jars, such as java -Djarmode=tools -jar app.jar extract makes of one that"
                            + " holds other jars.",
                    null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
