/// What this is a part of.
public enum Release {
    /// Of all programs together, as they are released.
    public static let version = "0.1.0"
}
