// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;

/** Which module a class belongs to, and what of it a host can see. */
final class Modules {
    static final String ROOT = "io.osmo.backend";

    /** A new provider is one more name here. */
    static final List<String> PROVIDERS = List.of("aws", "azure", "gcp");

    private static final List<String> OTHERS = List.of("kubernetes", "verify", "testkit");

    private Modules() {}

    static String moduleOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.length() > ROOT.length()) {
            String first = name.substring(ROOT.length() + 1).split("\\.", 2)[0];
            if (PROVIDERS.contains(first) || OTHERS.contains(first)) {
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
