// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.osmo.backend.spi.CloudProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which module a class belongs to, and what of it a host can see. */
final class Modules {
    static final String ROOT = "io.osmo.backend";

    /** The folder that all modules are in. */
    static final Path FOLDER = Path.of("..").toAbsolutePath().normalize();

    private static final String PREFIX = "osmo-backend-";

    /** The application made of the published modules; no library. */
    private static final String APPLICATION = "shell";

    /** Published modules by the last word of their names, such as {@code api}. */
    static final List<String> ALL = modules(module -> true);

    /** Modules of one cloud each. */
    static final List<String> PROVIDERS = modules(module -> !module.equals("kubernetes")
            && Files.exists(folder(module)
                    .resolve("src/main/resources/META-INF/services")
                    .resolve(CloudProvider.class.getName())));

    private Modules() {}

    private static List<String> modules(Predicate<String> condition) {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX))
                    .map(name -> name.substring(PREFIX.length()))
                    .filter(name -> !name.equals(APPLICATION))
                    .filter(condition)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder(String module) {
        return FOLDER.resolve(PREFIX + module);
    }

    static String moduleOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.length() > ROOT.length()) {
            String first = name.substring(ROOT.length() + 1).split("\\.", 2)[0];
            if (ALL.contains(first) || first.equals("examples") || first.equals(APPLICATION)) {
                return first;
            }
        }
        return "api";
    }

    static DescribedPredicate<JavaClass> module(String module) {
        return DescribedPredicate.describe(
                "in module " + module, type -> isOurs(type) && moduleOf(type).equals(module));
    }

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    static boolean isInternal(JavaClass type) {
        return isOurs(type) && (type.getPackageName() + ".").contains(".internal.");
    }

    /** What a host can name: public, with public enclosing classes, outside the internal packages. */
    static boolean isPublished(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !isInternal(type)
                && type.getEnclosingClass().map(Modules::isPublished).orElse(true);
    }

    /** Public and protected members, those that the compiler made left out. */
    static boolean isPublished(JavaMember member) {
        return (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !member.getModifiers().contains(JavaModifier.BRIDGE)
                && isPublished(member.getOwner());
    }
}
