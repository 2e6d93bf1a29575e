// Verifies the cluster of the current context, no matter who created it, and opens the report in a browser.
// jshell --class-path osmo-backend-shell.jar --startup osmo.jsh examples/jshell/existing.jsh
var kubeconfig = Path.of(Objects.requireNonNullElse(System.getenv("KUBECONFIG"), System.getProperty("user.home") + "/.kube/config"));
var report = BackendVerifier.standard().from(Vantage.KUBERNETES).verifyKubeconfig(kubeconfig);
System.out.println(report);
System.out.println(page(report));
